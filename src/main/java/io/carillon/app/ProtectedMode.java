package io.carillon.app;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Without keys and without a word about security the service listens on loopback only, as Redis
 * does; told to listen elsewhere it does not start.
 */
@Singleton
class ProtectedMode {

  private static final Logger LOG = Logger.getLogger(ProtectedMode.class);

  private final CarillonConfig config;
  private final String host;

  ProtectedMode(CarillonConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
    this.config = config;
    this.host = host;
  }

  /** Before anything else is started. */
  void check(@Observes @Priority(1) StartupEvent event) {
    boolean decided = config.security().isPresent() || config.apiKeys().isPresent();
    if (decided) {
      return;
    }
    if (!isLoopback()) {
      throw new ConfigurationException(
          "Protected mode: without security the service listens on loopback only, but"
              + " QUARKUS_HTTP_HOST is "
              + host
              + ". Set CARILLON_API_KEYS, or CARILLON_SECURITY to oidc, or to none if everybody who"
              + " can reach it may use it.");
    }
    LOG.infof(
        "Protected mode: no security is set, so the service listens on %s only and rings targets on"
            + " loopback. Set CARILLON_API_KEYS or CARILLON_SECURITY to open it.",
        host);
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new ConfigurationException("QUARKUS_HTTP_HOST is no address: " + host, unknown);
    }
  }
}
