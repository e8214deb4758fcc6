package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.LedgerOnServer;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Limits hold although replicas are killed in the midst of their deliveries: who is killed leaves
 * its slots taken, and nobody gets them before the deadlines of its deliveries.
 */
class LimitsUnderKillsIT {

  private static final int REPLICAS = 3;
  private static final int RUNS_OF_A_JOB = 12;
  private static final int LIMIT_OF_A_JOB = 2;
  private static final int LIMIT_OF_ALL = 3;
  private static final List<String> JOBS = List.of("bells", "gongs");

  /** So long that there are always some under way to be hit. */
  private static final Duration WORK = Duration.ofMillis(600);

  /** So much more than the work that no attempt is given up while the receiver is at it. */
  private static final String TIMEOUT = "PT8S";

  private final RedisServer redis = RedisServer.startAppendOnly();
  private final LedgerOnServer ledger = new LedgerOnServer(redis);
  private final Receiver receiver = new Receiver(WORK);
  private final List<ServiceProcess> replicas = new ArrayList<>();

  @BeforeEach
  void start() {
    Stream.generate(() -> aService().with("QUARKUS_REDIS_HOSTS", redis.uri()).begin())
        .limit(REPLICAS)
        .forEach(replicas::add);
    replicas.forEach(ServiceProcess::awaitReady);
  }

  @AfterEach
  void stop() throws Exception {
    replicas.forEach(ServiceProcess::close);
    receiver.close();
    ledger.close();
    redis.close();
  }

  @Test
  void neverAreMoreRunsUnderWayThanTheLimitsAllow() {
    // Given
    limitAll();
    JOBS.forEach(job -> put(job, job(LIMIT_OF_A_JOB)));
    JOBS.forEach(this::runAll);

    // When
    eventually().until(() -> receiver.atWork() == LIMIT_OF_ALL);
    while (replicas.size() > 1) {
      eventually().until(this::killsOneAtWork);
      assertThat(ledger.violations()).isEmpty();
    }

    // Then
    eventually().until(() -> slots().equals("0 held, 0 wanted"));
    assertThat(receiver.deliveries().stream().map(Delivery::id).distinct())
        .hasSize(JOBS.size() * RUNS_OF_A_JOB)
        .hasSizeLessThan(receiver.deliveries().size());
    assertThat(receiver.mostAtWork()).isEqualTo(LIMIT_OF_ALL);
    assertThat(JOBS).allMatch(job -> receiver.mostAtWork(job) <= LIMIT_OF_A_JOB);
    assertThat(ledger.violations()).isEmpty();
    assertThat(violationsCounted()).isZero();
  }

  /** Control: what is counted is counted, and it is the limits that keep it down. */
  @Test
  void withoutLimitsThereAreMoreAndAViolationIsCounted() {
    // Given
    put("bells", job(RUNS_OF_A_JOB));

    // When
    runAll("bells");
    ledger.plantViolation();

    // Then
    eventually().until(() -> receiver.mostAtWork("bells") > LIMIT_OF_ALL);
    eventually().until(() -> violationsCounted() > 0);
    assertThat(ledger.violations()).hasSize(1);
  }

  private void limitAll() {
    client()
        .patch(
            "/v1/scheduler",
            "{\"concurrency\":{\"limit\":%d,\"onLimit\":\"queue\",\"maxQueue\":100}}"
                .formatted(LIMIT_OF_ALL));
  }

  private JobRequest job(int limit) {
    return aJob().every("PT9H").within(TIMEOUT).to(receiver.url()).queueingBeyond(limit);
  }

  private void put(String id, JobRequest job) {
    client().put(id, job);
  }

  private void runAll(String job) {
    for (int i = 0; i < RUNS_OF_A_JOB; i++) {
      client().post("/v1/jobs/" + job + "/run", "{}");
    }
  }

  /** Whether there was one; those that are dead seem to be at work until their deadlines. */
  private boolean killsOneAtWork() {
    Set<String> atWork = ledger.replicasAtWork();
    Optional<ServiceProcess> victim =
        replicas.stream()
            .filter(replica -> atWork.contains(scheduler(replica).get("self").asText()))
            .findFirst();
    victim.ifPresent(replicas::remove);
    victim.ifPresent(ServiceProcess::kill);
    return victim.isPresent();
  }

  private static JsonNode scheduler(ServiceProcess replica) {
    return replica.client().get("/v1/scheduler");
  }

  private ServiceClient client() {
    return replicas.get(0).client();
  }

  private String slots() {
    JsonNode scheduler = scheduler(replicas.get(0));
    return scheduler.get("active") + " held, " + scheduler.get("queued") + " wanted";
  }

  private double violationsCounted() {
    return replicas.stream()
        .flatMap(replica -> replica.client().text("/q/metrics").lines())
        .filter(line -> line.startsWith("carillon_invariant_violations_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
