package io.carillon.process;

import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas of the packaged service on one Redis; either may be killed. */
class ReplicasIT {

  private static final int JOBS = 50;

  /** So slow that whoever is killed has some webhooks under way. */
  private static final Duration WORK = Duration.ofMillis(600);

  /** How late a webhook under way may be, on a busy machine. */
  private static final Duration LATE = Duration.ofSeconds(3);

  private final RedisServer redis = RedisServer.startAppendOnly();
  private final Receiver receiver = new Receiver(WORK);
  private ServiceProcess leader;
  private ServiceProcess other;

  @BeforeEach
  void start() {
    ServiceProcess one = replica();
    ServiceProcess two = replica();
    await().atMost(Duration.ofSeconds(20)).until(() -> leads(one) != leads(two));
    leader = leads(one) ? one : two;
    other = leads(one) ? two : one;
  }

  @AfterEach
  void stop() {
    leader.close();
    other.close();
    receiver.close();
    redis.close();
  }

  @Test
  void oneLeadsAndBothDeliver() {
    // Given
    assertThat(scheduler(leader).get("leader")).isEqualTo(scheduler(other).get("leader"));
    assertThat(scheduler(leader).get("replicas")).hasSize(2);

    // When
    Chimes chimes = Chimes.register(other.client(), receiver, JOBS);

    // Then
    await().atMost(Duration.ofSeconds(30)).until(() -> attempts(leader) > 0 && attempts(other) > 0);
    assertNothingIsLost(chimes, Instant.now());
    assertThat(chimes.repeated()).isEmpty();
  }

  @Test
  void whenTheLeaderIsKilledTheOtherLeadsAndNoOccurrenceIsLost() {
    // Given
    Chimes chimes = ringing(other);
    long epoch = epoch(other);

    // When
    Instant killed = Instant.now();
    leader.kill();

    // Then
    await().atMost(Duration.ofSeconds(10)).until(() -> leads(other));
    assertThat(epoch(other)).isGreaterThan(epoch);
    assertNothingIsLost(chimes, killed.plusSeconds(6));
    assertThat(chimes.repeated()).isNotEmpty();
    assertOnlyRepeatedAround(chimes, killed, killed);
  }

  @Test
  void whenTheOtherIsKilledTheLeaderGoesOnAndNoOccurrenceIsLost() {
    // Given
    Chimes chimes = ringing(leader);
    long epoch = epoch(leader);

    // When
    Instant killed = Instant.now();
    other.kill();

    // Then
    assertNothingIsLost(chimes, killed.plusSeconds(6));
    assertThat(leads(leader)).isTrue();
    assertThat(epoch(leader)).isEqualTo(epoch);
    assertThat(chimes.repeated()).isNotEmpty();
    assertOnlyRepeatedAround(chimes, killed, killed);
  }

  @Test
  void aLeaderThatIsFrozenIsReplacedAndDoesNoHarmWhenItThaws() {
    // Given
    Chimes chimes = ringing(other);
    long epoch = epoch(other);
    Instant frozen = Instant.now();
    leader.freeze();
    await().atMost(Duration.ofSeconds(10)).until(() -> leads(other));

    // When
    leader.thaw();
    Instant thawed = Instant.now();

    // Then
    await().atMost(Duration.ofSeconds(10)).until(() -> !leads(leader));
    assertThat(epoch(leader)).isGreaterThan(epoch).isEqualTo(epoch(other));
    assertNothingIsLost(chimes, thawed.plusSeconds(6));
    assertOnlyRepeatedAround(chimes, frozen, thawed);
  }

  private ServiceProcess replica() {
    return aService().with("QUARKUS_REDIS_HOSTS", redis.uri()).start();
  }

  private Chimes ringing(ServiceProcess asked) {
    Chimes chimes = Chimes.register(asked.client(), receiver, JOBS);
    await().atMost(Duration.ofSeconds(20)).until(() -> receiver.deliveries().size() >= 3 * JOBS);
    return chimes;
  }

  private static void assertNothingIsLost(Chimes chimes, Instant until) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              assertThat(Instant.now()).isAfter(until);
              assertThat(chimes.missing(until)).isEmpty();
            });
    assertThat(chimes.ambiguous()).isEmpty();
  }

  private static void assertOnlyRepeatedAround(Chimes chimes, Instant from, Instant to) {
    assertThat(chimes.repeated())
        .allSatisfy(
            occurrence ->
                assertThat(occurrence.scheduledAt())
                    .isBetween(from.minus(LATE).minus(WORK), to.plus(LATE)));
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
