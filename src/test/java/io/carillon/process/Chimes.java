package io.carillon.process;

import static io.carillon.process.JobRequest.aJob;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some jobs that run every second from one instant on, so that it is known what has to arrive, and
 * an account of what did.
 */
final class Chimes {

  private final Receiver receiver;
  private final Instant first;
  private final List<String> jobIds;

  /** One occurrence of one job. */
  record Occurrence(String jobId, Instant scheduledAt) implements Comparable<Occurrence> {
    @Override
    public int compareTo(Occurrence other) {
      int byTime = scheduledAt.compareTo(other.scheduledAt);
      return byTime != 0 ? byTime : jobId.compareTo(other.jobId);
    }
  }

  private Chimes(Receiver receiver, Instant first, List<String> jobIds) {
    this.receiver = receiver;
    this.first = first;
    this.jobIds = jobIds;
  }

  /** Registers the jobs; their first occurrence lies a few seconds ahead. */
  static Chimes register(ServiceClient service, Receiver receiver, int jobs) {
    Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3);
    List<String> ids = IntStream.range(0, jobs).mapToObj(i -> "chime-" + i).toList();
    ids.forEach(id -> service.put(id, aJob().every("PT1S").startingAt(first).to(receiver.url())));
    return new Chimes(receiver, first, ids);
  }

  /** The occurrences up to an instant of which no webhook has arrived. */
  Set<Occurrence> missing(Instant until) {
    Set<Occurrence> missing = new TreeSet<>();
    for (Instant at = first; !at.isAfter(until); at = at.plus(Duration.ofSeconds(1))) {
      for (String id : jobIds) {
        missing.add(new Occurrence(id, at));
      }
    }
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
