package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a replica was delivering when it died is delivered by another. */
class DeadWorkerIT {

  /** Longer than any test, so that what is under way stays so. */
  private static final Duration WORK = Duration.ofMinutes(5);

  private static final int MOST_CRASHES = 5;

  private final RedisServer redis = RedisServer.startAppendOnly();
  private final Receiver receiver = new Receiver(WORK);
  private ServiceProcess worker = replica().start();

  @AfterEach
  void stop() {
    worker.close();
    receiver.close();
    redis.close();
  }

  @Test
  void eachOfAHundredSlowDeliveriesIsOfferedAgainUnderItsIdAsTheNextAttempt() {
    // Given
    int runs = 100;
    IntStream.range(0, runs).forEach(run -> runNow("slow-" + run));
    eventually().until(() -> receiver.atWork() == runs);
    Set<String> ids = ids(receiver.deliveries());
    ServiceProcess next = replica().start();

    // When
    worker.kill();
    worker = next;

    // Then
    eventually().until(() -> receiver.deliveries().size() == 2 * runs);
    List<Delivery> again = receiver.deliveries().subList(runs, 2 * runs);
    assertThat(ids).hasSize(runs);
    assertThat(ids(again)).isEqualTo(ids);
    assertThat(again).allMatch(delivery -> delivery.attempt() == 2);
  }

  @Test
  void aRunThatKillsItsWorkerEveryTimeFailsAfterTheFifthAndHasUsedUpNoRetry() {
    // Given
    String run = runNow("deadly");

    // When
    for (int attempt = 1; attempt <= MOST_CRASHES; attempt++) {
      int attempts = attempt;
      eventually().until(() -> receiver.deliveries().size() == attempts);
      worker.kill();
      worker = replica().start();
    }

    // Then
    eventually().until(() -> run(run).get("state").asText().equals("failed"));
    assertThat(run(run).get("reason").asText()).isEqualTo("crashed");
    assertThat(run(run).get("attempts"))
        .hasSize(MOST_CRASHES)
        .allMatch(attempt -> attempt.get("error").asText().equals("crashed"));
    assertThat(ids(receiver.deliveries())).containsExactly(run);
    assertThat(receiver.deliveries())
        .extracting(Delivery::attempt)
        .containsExactly(1, 2, 3, 4, MOST_CRASHES);
  }

  private ServiceProcess.Launch replica() {
    return aService().patient().with("QUARKUS_REDIS_HOSTS", redis.uri());
  }

  /** Answers the id of the run. */
  private String runNow(String job) {
    worker
        .client()
        .put(job, aJob().every("PT9H").within("PT10M").attemptedAtMost(2).to(receiver.url()));
    return worker.client().post("/v1/jobs/" + job + "/run", "{}").get("id").asText();
  }

  private JsonNode run(String id) {
    return worker.client().get("/v1/jobs/deadly/runs/" + id);
  }

  private static Set<String> ids(List<Delivery> deliveries) {
    return deliveries.stream().map(Delivery::id).collect(Collectors.toSet());
  }
}
