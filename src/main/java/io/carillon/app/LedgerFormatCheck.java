package io.carillon.app;

import io.carillon.engine.StoreUnavailable;
import io.carillon.redis.LedgerFormat;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Refuses to start on a ledger of another format. Where Redis does not answer yet, the service
 * starts and ends again as soon as it finds such a ledger.
 */
@Singleton
class LedgerFormatCheck {

  private static final Logger LOG = Logger.getLogger(LedgerFormatCheck.class);
  private static final long AGAIN_MS = 1_000;

  private final LedgerFormat format;
  private final Vertx vertx;

  LedgerFormatCheck(LedgerFormat format, Vertx vertx) {
    this.format = format;
    this.vertx = vertx;
  }

  /** Before the loops are started. */
  void check(@Observes @Priority(2) StartupEvent event) {
    try {
      format.check();
    } catch (LedgerFormat.Incompatible incompatible) {
      throw new ConfigurationException(incompatible.getMessage());
    } catch (StoreUnavailable unavailable) {
      LOG.infof("ledger not checked yet cause=%s", unavailable.getMessage());
      checkLater();
    }
  }

  private void checkLater() {
    vertx.setTimer(AGAIN_MS, elapsed -> vertx.executeBlocking(this::checkAgain));
  }

  private Void checkAgain() {
    try {
      format.check();
    } catch (LedgerFormat.Incompatible incompatible) {
      LOG.error(incompatible.getMessage());
      Quarkus.asyncExit(1);
    } catch (StoreUnavailable unavailable) {
      checkLater();
    }
    return null;
  }
}
