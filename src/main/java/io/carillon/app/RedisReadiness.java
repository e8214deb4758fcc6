package io.carillon.app;

import io.carillon.engine.Election;
import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.SchedulerStore;
import io.carillon.engine.StoreUnavailable;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once warmed up, while Redis answers, and not about to end. Whether it is alive does not
 * depend on Redis. It is ready, too, while Redis is at its memory limit: the deletions that make
 * room must come through.
 */
@Singleton
@Readiness
class RedisReadiness implements HealthCheck {

  private final SchedulerStore store;
  private final Election election;
  private volatile boolean begun;
  private volatile boolean ending;

  RedisReadiness(SchedulerStore store, Election election) {
    this.store = store;
    this.election = election;
  }

  void begin() {
    begun = true;
  }

  void end() {
    ending = true;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("redis");
    Optional<Leadership> leadership = election.leadership();
    answer.withData("leads", leadership.isPresent());
    leadership.ifPresent(term -> answer.withData("epoch", term.epoch()));
    if (!begun) {
      return answer.down().withData("cause", "the service warms up").build();
    } else if (ending) {
      return answer.down().withData("cause", "the service is about to end").build();
    }
    try {
      return answer
          .up()
          .withData("clockOffsetMs", store.clockOffset().toMillis())
          .withData("memoryFull", store.isFull())
          .build();
    } catch (StoreUnavailable unavailable) {
      return answer.down().withData("cause", unavailable.getMessage()).build();
    }
  }
}
