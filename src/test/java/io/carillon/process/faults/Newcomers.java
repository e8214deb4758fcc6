package io.carillon.process.faults;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.process.Delivery;
import io.carillon.process.Occurrence;
import io.carillon.process.Receiver;
import io.carillon.process.ServiceClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jobs registered shortly before Redis forgets what it was told last. Those go too, and only those;
 * the others ring.
 */
final class Newcomers {

  private static final Duration EVERY = Duration.ofMillis(200);

  private final Receiver receiver;
  private final Map<String, Registered> registered = new LinkedHashMap<>();
  private Instant last = Instant.MIN;

  /**
   * @param asked when the client was about to ask
   * @param answered when it had the answer
   * @param first the job's first occurrence
   */
  private record Registered(Instant asked, Instant answered, Instant first) {}

  Newcomers(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Leaves those of an earlier time alone. */
  void forget() {
    registered.clear();
  }

  /** Whether one was registered wholly after an instant. */
  boolean anyAskedAfter(Instant instant) {
    return registered.values().stream().anyMatch(job -> job.asked().isAfter(instant));
  }

  /** Registers another one if the last one was some time ago. */
  void maybeRegister(ServiceClient service) {
    if (Instant.now().isAfter(last.plus(EVERY))) {
      last = Instant.now();
      String id = "newcomer-" + last.toEpochMilli();
      JsonNode job = service.put(id, aJob().every("PT1S").to(receiver.url()));
      registered.put(
          id, new Registered(last, Instant.now(), Instant.parse(job.get("nextRunAt").asText())));
    }
  }

  /** Asserts that what is gone was registered last, and that the rest rings; then removes it. */
  void check(ServiceClient service, Trial trial) {
    Map<String, Registered> kept = new TreeMap<>(registered);
    kept.keySet().removeIf(id -> !service.has("/v1/jobs/" + id));
    Map<String, Registered> gone = new TreeMap<>(registered);
    gone.keySet().removeAll(kept.keySet());
    registered.clear();

    Instant remembered = trial.strike().struck().minus(trial.fault().undone());
    assertThat(gone)
        .as("what Redis has forgotten, all of it told since " + remembered)
        .isNotEmpty()
        .allSatisfy((id, job) -> assertThat(job.answered()).isAfter(remembered));
    eventually().untilAsserted(() -> assertThat(arrived()).containsAll(due(kept, trial.to())));
    assertThat(arrived())
        .as("what was forgotten rings no more")
        .noneMatch(
            occurrence ->
                gone.containsKey(occurrence.jobId())
                    && occurrence.scheduledAt().isAfter(trial.strike().lifted()));
    kept.keySet().forEach(id -> service.delete("/v1/jobs/" + id));
  }

  private static Set<Occurrence> due(Map<String, Registered> jobs, Instant until) {
    return jobs.entrySet().stream()
        .flatMap(
            job ->
                Stream.iterate(
                        job.getValue().first(), at -> !at.isAfter(until), at -> at.plusSeconds(1))
                    .map(at -> new Occurrence(job.getKey(), at)))
        .collect(Collectors.toSet());
  }

  private Set<Occurrence> arrived() {
    return receiver.deliveries().stream().map(Delivery::occurrence).collect(Collectors.toSet());
  }
}
