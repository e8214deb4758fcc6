package io.carillon.process.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.carillon.process.Delivery;
import io.carillon.process.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What became of the occurrences of a trial: what was to happen, compared with what did. */
final class Account {

  private final Trial trial;
  private final Set<Occurrence> due;
  private final Map<Occurrence, List<Delivery>> deliveries;
  private final Map<Occurrence, List<Ending>> endings;

  /**
   * @param due what the schedules say for the time of the trial
   * @param deliveries what the receiver got, in the order of arrival; what is of other times or of
   *     other jobs is left out
   * @param endings what the event stream told; likewise
   */
  Account(
      Trial trial,
      Set<Occurrence> due,
      Collection<Delivery> deliveries,
      Collection<Ending> endings) {
    this.trial = trial;
    this.due = due;
    Set<String> jobs = due.stream().map(Occurrence::jobId).collect(toSet());
    Predicate<Occurrence> ours =
        occurrence -> trial.concerns(occurrence.scheduledAt()) && jobs.contains(occurrence.jobId());
    this.deliveries =
        deliveries.stream()
            .filter(delivery -> ours.test(delivery.occurrence()))
            .collect(groupingBy(Delivery::occurrence));
    this.endings =
        endings.stream()
            .filter(ending -> ours.test(ending.occurrence()))
            .collect(groupingBy(Ending::occurrence));
  }

  Trial trial() {
    return trial;
  }

  /** How many occurrences there were to be. */
  int fires() {
    return due.size();
  }

  /** What was due and never arrived. */
  Set<Occurrence> lost() {
    return without(due, deliveries.keySet());
  }

  /** What arrived although no schedule says so. */
  Set<Occurrence> unscheduled() {
    return without(deliveries.keySet(), due);
  }

  /** What was due and of which the event stream has not told that it succeeded. */
  Set<Occurrence> untold() {
    return without(due, endings.keySet());
  }

  /** The most names that one occurrence arrived under. */
  long namesPerOccurrence() {
    return deliveries.values().stream()
        .mapToLong(arrived -> arrived.stream().map(Delivery::id).distinct().count())
        .max()
        .orElse(0);
  }

  /** How many webhooks arrived beyond the first of their occurrence. */
  int doubles() {
    return deliveries.values().stream().mapToInt(arrived -> arrived.size() - 1).sum();
  }

  /**
   * What arrived more than once although it had been recorded as ended before the fault, or came
   * after it.
   */
  Set<Occurrence> doublesBeyondTheFault() {
    return such(deliveries, arrived -> arrived.size() > 1).stream()
        .filter(occurrence -> !wasUnderWay(occurrence))
        .collect(toCollection(TreeSet::new));
  }

  private boolean wasUnderWay(Occurrence occurrence) {
    return !occurrence.scheduledAt().isAfter(trial.strike().lifted())
        && !firstEnding(occurrence).map(this::liesBeforeTheFault).orElse(false);
  }

  /** What was recorded as ended more than once, except where Redis forgot that it had been. */
  Set<Occurrence> endedTwice() {
    return such(endings, ended -> ended.size() > 1).stream()
        .filter(
            occurrence ->
                trial.fault().undone().isZero()
                    || firstEnding(occurrence)
                        .filter(this::liesBeforeTheFault)
                        .or(() -> lastingEnding(occurrence))
                        .isPresent())
        .collect(toCollection(TreeSet::new));
  }

  /** An ending that Redis cannot have forgotten, since it was up again. */
  private Optional<Instant> lastingEnding(Occurrence occurrence) {
    return firstEnding(occurrence).filter(at -> at.isAfter(trial.strike().lifted()));
  }

  private boolean liesBeforeTheFault(Instant instant) {
    return instant.isBefore(trial.strike().struck().minus(trial.fault().undone()));
  }

  private Optional<Instant> firstEnding(Occurrence occurrence) {
    return endings.getOrDefault(occurrence, List.of()).stream()
        .map(Ending::at)
        .min(Instant::compareTo);
  }

  /** The longest time since the strike, and before a victim returned, in which nothing new came. */
  Duration gap() {
    Instant end = observedUntil();
    Duration longest = Duration.ZERO;
    Instant last = trial.strike().struck();
    for (Instant next : Stream.concat(observed().sorted(), Stream.of(end)).toList()) {
      Duration between = Duration.between(last, next);
      longest = between.compareTo(longest) > 0 ? between : longest;
      last = next;
    }
    return longest;
  }

  /** How long after the end of the cause the last came of what had been due by then. */
  Duration recovery() {
    Instant lifted = trial.strike().lifted();
    return deliveries.entrySet().stream()
        .filter(arrived -> !arrived.getKey().scheduledAt().isAfter(lifted))
        .map(arrived -> Duration.between(lifted, arrived.getValue().get(0).arrivedAt()))
        .filter(Predicate.not(Duration::isNegative))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** What this was an account of, and its times. */
  @Override
  public String toString() {
    return trial.fault() + " " + trial.strike();
  }

  private Instant observedUntil() {
    return trial.strike().victimReturns().orElse(trial.to());
  }

  private Stream<Instant> observed() {
    return deliveries.values().stream()
        .map(arrived -> arrived.get(0).arrivedAt())
        .filter(at -> at.isAfter(trial.strike().struck()) && at.isBefore(observedUntil()));
  }

  private static Set<Occurrence> without(Set<Occurrence> all, Set<Occurrence> these) {
    Set<Occurrence> rest = new TreeSet<>(all);
    rest.removeAll(these);
    return rest;
  }

  private static <T> Set<Occurrence> such(
      Map<Occurrence, List<T>> all, Predicate<List<T>> condition) {
    return all.entrySet().stream()
        .filter(one -> condition.test(one.getValue()))
        .map(Entry::getKey)
        .collect(toCollection(TreeSet::new));
  }
}
