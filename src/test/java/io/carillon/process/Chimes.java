package io.carillon.process;

import static io.carillon.process.JobRequest.aJob;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
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
public final class Chimes {

  /** Far more than a receiver of ours takes on a busy machine: an attempt in vain comes again. */
  private static final String TIMEOUT = "PT15S";

  private final Receiver receiver;

  /** Of each job, its first occurrence. */
  private final Map<String, Instant> firsts;

  private Chimes(Receiver receiver, Map<String, Instant> firsts) {
    this.receiver = receiver;
    this.firsts = firsts;
  }

  /** Registers the jobs, spread over the second. */
  public static Chimes register(ServiceClient service, Receiver receiver, int jobs) {
    Instant anchor = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Map<String, Instant> firsts = new TreeMap<>();
    for (int i = 0; i < jobs; i++) {
      Instant phase = anchor.plusMillis(i * 1000L / jobs);
      String id = "chime-" + i;
      JsonNode job =
          service.put(
              id, aJob().every("PT1S").startingAt(phase).to(receiver.url()).within(TIMEOUT));
      firsts.put(id, Instant.parse(job.get("nextRunAt").asText()));
    }
    return new Chimes(receiver, firsts);
  }

  /** The occurrences up to an instant of which no webhook has arrived. */
  Set<Occurrence> missing(Instant until) {
    Set<Occurrence> missing = due(Instant.MIN, until);
    missing.removeAll(arrivals().keySet());
    return missing;
  }

  /**
   * What the schedules say, by arithmetic of our own.
   *
   * @return the occurrences after {@code from}, the last of them at {@code until}
   */
  public Set<Occurrence> due(Instant from, Instant until) {
    Set<Occurrence> due = new TreeSet<>();
    firsts.forEach(
        (id, first) -> {
          long gone = first.isAfter(from) ? 0 : Duration.between(first, from).toSeconds() + 1;
          for (Instant at = first.plusSeconds(gone); !at.isAfter(until); at = at.plusSeconds(1)) {
            due.add(new Occurrence(id, at));
          }
        });
    return due;
  }

  /** The occurrences that came under more than one name. */
  Set<Occurrence> ambiguous() {
    return arrivals().entrySet().stream()
        .filter(arrived -> arrived.getValue().stream().map(Delivery::id).distinct().count() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The occurrences that came more than once, and what came of each, the first first. */
  Map<Occurrence, List<Delivery>> repeated() {
    Map<Occurrence, List<Delivery>> repeated = new TreeMap<>(arrivals());
    repeated.values().removeIf(arrived -> arrived.size() == 1);
    return repeated;
  }

  private Map<Occurrence, List<Delivery>> arrivals() {
    return receiver.deliveries().stream().collect(Collectors.groupingBy(Delivery::occurrence));
  }
}
