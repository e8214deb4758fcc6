package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.LedgerOnServer;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Limits hold although replicas are killed in the midst of their deliveries: who is killed leaves
 * its slots taken, and nobody gets them before the deadlines of its deliveries. More comes each
 * second than may be worked on, so that all slots are wanted however slow the machine is.
 */
class LimitsUnderKillsIT {

  private static final int REPLICAS = 3;
  private static final int QUEUE_OF_A_JOB = 5;
  private static final int LIMIT_OF_A_JOB = 2;
  private static final int LIMIT_OF_ALL = 3;
  private static final List<String> JOBS = List.of("bells", "gongs");

  /** So long that the limit of all allows less than a run of each job a second. */
  private static final Duration WORK = Duration.ofSeconds(2);

  /** So much more than the work that no attempt is given up while the receiver is at it. */
  private static final String TIMEOUT = "PT8S";

  private final RedisServer redis = RedisServer.startAppendOnly();
  private final LedgerOnServer ledger = new LedgerOnServer(redis);
  private final Receiver receiver = new Receiver(WORK);
  private final List<ServiceProcess> replicas = new ArrayList<>();

  @BeforeEach
  void start() {
    Stream.generate(() -> aService().patient().with("QUARKUS_REDIS_HOSTS", redis.uri()).begin())
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
    JOBS.forEach(job -> put(job, eachSecond().queueing(LIMIT_OF_A_JOB, QUEUE_OF_A_JOB)));

    // When
    eventually().until(() -> receiver.atWork() == LIMIT_OF_ALL);
    while (replicas.size() > 1) {
      eventually().until(this::killsOneAtWork);
      assertThat(ledger.violations()).isEmpty();
    }

    JOBS.forEach(job -> client().post("/v1/jobs/" + job + "/pause", "{}"));

    // Then
    eventually().until(() -> slots().equals("0 held, 0 wanted"));
    assertThat(ids(receiver.deliveries())).hasSizeLessThan(receiver.deliveries().size());
    assertThat(receiver.mostAtWork()).isEqualTo(LIMIT_OF_ALL);
    assertThat(JOBS)
        .allMatch(job -> receiver.mostAtWork(job) <= LIMIT_OF_A_JOB)
        .allSatisfy(job -> assertThat(ids(deliveries(job))).hasSize(succeeded(job)));
    assertThat(ledger.violations()).isEmpty();
    assertThat(violationsCounted()).isZero();
  }

  /** Control: what is counted is counted, and it is the limits that keep it down. */
  @Test
  void withoutLimitsThereAreMoreAndAViolationIsCounted() {
    // When
    for (int job = 0; job <= LIMIT_OF_ALL; job++) {
      put("bell-" + job, eachSecond());
    }
    ledger.plantViolation();

    // Then
    eventually().until(() -> receiver.mostAtWork() > LIMIT_OF_ALL);
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

  /** All in one phase, whenever they are registered. */
  private JobRequest eachSecond() {
    return aJob().every("PT1S").startingAt(Instant.EPOCH).within(TIMEOUT).to(receiver.url());
  }

  private void put(String id, JobRequest job) {
    client().put(id, job);
  }

  private List<Delivery> deliveries(String job) {
    return receiver.deliveries().stream().filter(one -> one.jobId().equals(job)).toList();
  }

  private static Set<String> ids(List<Delivery> deliveries) {
    return deliveries.stream().map(Delivery::id).collect(Collectors.toSet());
  }

  /** All that was accepted, or the assertion fails. */
  private int succeeded(String job) {
    JsonNode counters = client().get("/v1/jobs/" + job).get("counters");
    assertThat(counters.get("succeeded")).as("of " + counters).isEqualTo(counters.get("started"));
    return counters.get("succeeded").asInt();
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
