package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.LedgerOnServer;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two replicas of the packaged service on one Redis; either may be killed. */
class ReplicasIT {

  private static final int JOBS = 50;

  /** So slow that both replicas have something to do. */
  private static final Duration WORK = Duration.ofMillis(600);

  /** More than there are runs of a job in a test. */
  private static final int EVERYTHING = 1_000;

  /** So long that nobody loses it who is only slow. */
  private static final Duration LONG_LEASE = Duration.ofSeconds(60);

  /** Renewed each third of it, so that at any time at least so much is left of it. */
  private static final Duration LEFT_OF_IT = LONG_LEASE.multipliedBy(2).dividedBy(3);

  /** So short that a test can wait for its end. */
  private static final Duration SHORT_LEASE = Duration.ofSeconds(10);

  private final RedisServer redis = RedisServer.startAppendOnly();
  private final Receiver receiver = new Receiver(WORK);
  private final LedgerOnServer ledger = new LedgerOnServer(redis);
  private ServiceProcess leader;
  private ServiceProcess other;

  private void start(Duration lease) {
    ServiceProcess one = replica(lease);
    ServiceProcess two = replica(lease);
    eventually().until(() -> leads(one) != leads(two));
    leader = leads(one) ? one : two;
    other = leads(one) ? two : one;
  }

  @AfterEach
  void stop() throws Exception {
    leader.close();
    other.close();
    receiver.close();
    ledger.close();
    redis.close();
  }

  @Test
  void oneLeadsAndBothDeliver() {
    // Given
    start(LONG_LEASE);
    assertThat(scheduler(leader).get("leader")).isEqualTo(scheduler(other).get("leader"));
    eventually().until(() -> scheduler(leader).get("replicas").size() == 2);

    // When
    Chimes chimes = Chimes.register(other.client(), receiver, JOBS);

    // Then
    eventually().until(() -> attempts(leader) > 0 && attempts(other) > 0);
    assertNothingIsLost(chimes, Instant.now());
    assertThat(chimes.repeated()).isEmpty();
  }

  @Test
  void whenTheLeaderIsKilledTheOtherLeadsBeforeTheLeaseEndsAndNoOccurrenceIsLost() {
    // Given
    start(LONG_LEASE);
    Chimes chimes = ringing(other);
    long epoch = epoch(other);

    // When
    Instant killed = inTheMidstOfDelivering(leader, leader::kill);

    // Then
    await().atMost(LEFT_OF_IT).until(() -> leads(other));
    assertThat(epoch(other)).isGreaterThan(epoch);
    assertNothingIsLost(chimes, killed.plusSeconds(6));
    assertOnlyRepeatedWhatADeadReplicaLeft(chimes, killed, other);
  }

  @Test
  void whenTheOtherIsKilledTheLeaderGoesOnAndNoOccurrenceIsLost() {
    // Given
    start(LONG_LEASE);
    Chimes chimes = ringing(leader);
    long epoch = epoch(leader);

    // When
    Instant killed = inTheMidstOfDelivering(other, other::kill);

    // Then
    assertNothingIsLost(chimes, killed.plusSeconds(6));
    assertThat(leads(leader)).isTrue();
    assertThat(epoch(leader)).isEqualTo(epoch);
    assertOnlyRepeatedWhatADeadReplicaLeft(chimes, killed, leader);
  }

  @Test
  void aLeaderThatIsFrozenIsReplacedAndDoesNoHarmWhenItThaws() {
    // Given
    start(SHORT_LEASE);
    Chimes chimes = ringing(other);
    long epoch = epoch(other);
    inTheMidstOfDelivering(leader, leader::freeze);
    eventually().until(() -> leads(other));

    // When
    leader.thaw();
    Instant thawed = Instant.now();

    // Then
    eventually().until(() -> !leads(leader));
    assertThat(epoch(leader)).isGreaterThan(epoch).isEqualTo(epoch(other));
    assertNothingIsLost(chimes, thawed.plusSeconds(6));
    assertOnlyRepeatedWhatADeadReplicaLeft(chimes, thawed, other);
  }

  private ServiceProcess replica(Duration lease) {
    return aService()
        .patient()
        .with("QUARKUS_REDIS_HOSTS", redis.uri())
        .with("CARILLON_LEASE_TTL", lease)
        .with("CARILLON_HISTORY_COUNT", EVERYTHING)
        .start();
  }

  private Chimes ringing(ServiceProcess asked) {
    Chimes chimes = Chimes.register(asked.client(), receiver, JOBS);
    eventually().until(() -> receiver.deliveries().size() >= 3 * JOBS);
    return chimes;
  }

  /**
   * Does something to a replica while the receiver holds a webhook of it, so that what was under
   * way comes again.
   *
   * @return when it was done
   */
  private Instant inTheMidstOfDelivering(ServiceProcess replica, Runnable deed) {
    String id = scheduler(replica).get("self").asText();
    receiver.hold();
    eventually("it waits for an answer")
        .until(() -> !Collections.disjoint(receiver.held(), ledger.runsAtWork(id)));
    deed.run();
    Instant done = Instant.now();
    receiver.answer();
    return done;
  }

  private static void assertNothingIsLost(Chimes chimes, Instant until) {
    eventually()
        .untilAsserted(
            () -> {
              assertThat(Instant.now()).isAfter(until);
              assertThat(chimes.missing(until)).isEmpty();
            });
    assertThat(chimes.ambiguous()).isEmpty();
  }

  /** What had been recorded as ended is not repeated, and neither is what came later. */
  private static void assertOnlyRepeatedWhatADeadReplicaLeft(
      Chimes chimes, Instant gone, ServiceProcess asked) {
    eventually("what was under way comes again").until(() -> !chimes.repeated().isEmpty());
    assertThat(chimes.repeated())
        .allSatisfy(
            (occurrence, deliveries) -> {
              assertThat(occurrence.scheduledAt()).isBefore(gone);
              assertThat(firstAttempt(deliveries.get(0), asked).path("error").asText())
                  .isEqualTo("crashed");
            });
  }

  private static JsonNode firstAttempt(Delivery delivery, ServiceProcess asked) {
    String run = "/v1/jobs/" + delivery.jobId() + "/runs/" + delivery.id();
    return asked.client().get(run).get("attempts").get(0);
  }

  private static boolean leads(ServiceProcess replica) {
    JsonNode scheduler = scheduler(replica);
    return scheduler.path("leader").path("replica").asText().equals(scheduler.get("self").asText());
  }

  private static long epoch(ServiceProcess replica) {
    return scheduler(replica).get("leader").get("epoch").asLong();
  }

  private static JsonNode scheduler(ServiceProcess replica) {
    return replica.client().get("/v1/scheduler");
  }

  private static double attempts(ServiceProcess replica) {
    List<String> lines = replica.client().text("/q/metrics").lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith("carillon_delivery_attempts_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
