package io.carillon.process;

import static io.carillon.process.JobRequest.aJob;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Some jobs that run every second from one instant on, so that it is known what has to arrive, and
 * an account of what did.
 */
final class Chimes {

  private final Receiver receiver;

  /** Of each job, its first occurrence. */
  private final Map<String, Instant> firsts;

  /** One occurrence of one job. */
  record Occurrence(String jobId, Instant scheduledAt) implements Comparable<Occurrence> {
    @Override
    public int compareTo(Occurrence other) {
      int byTime = scheduledAt.compareTo(other.scheduledAt);
      return byTime != 0 ? byTime : jobId.compareTo(other.jobId);
    }
  }

  private Chimes(Receiver receiver, Map<String, Instant> firsts) {
    this.receiver = receiver;
    this.firsts = firsts;
  }

  /** Registers the jobs, spread over the second. */
  static Chimes register(ServiceClient service, Receiver receiver, int jobs) {
    Instant anchor = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Map<String, Instant> firsts = new TreeMap<>();
    for (int i = 0; i < jobs; i++) {
      Instant phase = anchor.plusMillis(i * 1000L / jobs);
      String id = "chime-" + i;
      JsonNode job = service.put(id, aJob().every("PT1S").startingAt(phase).to(receiver.url()));
      firsts.put(id, Instant.parse(job.get("nextRunAt").asText()));
    }
    return new Chimes(receiver, firsts);
  }

  /** The occurrences up to an instant of which no webhook has arrived. */
  Set<Occurrence> missing(Instant until) {
    Set<Occurrence> missing = new TreeSet<>();
    firsts.forEach(
        (id, first) -> {
          for (Instant at = first; !at.isAfter(until); at = at.plusSeconds(1)) {
            missing.add(new Occurrence(id, at));
          }
        });
    missing.removeAll(arrivals().keySet());
    return missing;
  }

  /** The occurrences that came under more than one name. */
  Set<Occurrence> ambiguous() {
    return arrivals().entrySet().stream()
        .filter(arrived -> arrived.getValue().stream().map(Delivery::id).distinct().count() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The occurrences that came more than once. */
  Set<Occurrence> repeated() {
    return arrivals().entrySet().stream()
        .filter(arrived -> arrived.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<Occurrence, List<Delivery>> arrivals() {
    return receiver.deliveries().stream()
        .collect(
            Collectors.groupingBy(
                delivery -> new Occurrence(delivery.jobId(), delivery.scheduledAt())));
  }
}
