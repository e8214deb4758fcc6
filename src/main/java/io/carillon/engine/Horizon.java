package io.carillon.engine;

import io.carillon.job.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The near future as the leader knows it: which jobs are due when, soonest first. Only a cache of
 * what the store says: it may be emptied at any instant, and what it does not know it learns at the
 * next look. Changed by one thread; any may ask whether something is known.
 */
final class Horizon {

  /**
   * A job and the instant under which it is known to be due.
   *
   * @param job as it was read; its {@code nextRunAt} is the nominal time
   * @param notBefore when to do something about it: {@code due}, or later after a refusal
   */
  record Entry(Job job, Instant due, Instant notBefore) {

    Entry(Job job, Instant due) {
      this(job, due, due);
    }

    Entry postponedTo(Instant instant) {
      return new Entry(job, due, instant);
    }

    /** Whether this entry tells what came after the other one. */
    boolean supersedes(Entry other) {
      return !job.incarnation().equals(other.job.incarnation())
          || job.revision() > other.job.revision()
          || job.revision() == other.job.revision() && !due.isBefore(other.due);
    }
  }

  /** An entry and the number of the change that brought it here. */
  private record Known(Entry entry, long since) {}

  private final Map<String, Known> byJob = new ConcurrentHashMap<>();

  /** Jobs that a claim is under way for; whatever is heard of them meanwhile may be out of date. */
  private final Set<String> claiming = ConcurrentHashMap.newKeySet();

  private final PriorityQueue<Known> soonest =
      new PriorityQueue<>(Comparator.comparing(known -> known.entry().notBefore()));

  private volatile long changes;

  /** How many changes there have been; whoever reads the store says how many there were before. */
  long changes() {
    return changes;
  }

  /** Whether there is nothing to learn of a job that is due at this instant. */
  boolean knows(String jobId, Instant due) {
    Known known = byJob.get(jobId);
    return known != null && known.entry.due().equals(due) || claiming.contains(jobId);
  }

  /**
   * Adds or replaces a job's entry, unless a newer one is known or about to be. What is known may
   * also be of a time that the store has forgotten: then what it says now holds.
   *
   * @param asOf how many {@link #changes} there had been before the entry was read
   */
  void learn(Entry entry, long asOf) {
    Known known = byJob.get(entry.job().id());
    boolean news = known == null || known.since <= asOf || entry.supersedes(known.entry);
    if (news && !claiming.contains(entry.job().id())) {
      put(entry);
    }
  }

  /** Adds or replaces a job's entry. */
  void put(Entry entry) {
    // An equal one must stay: it is the very entry that waits in line, another would be left out of
    // it.
    Known known = byJob.get(entry.job().id());
    if (known == null || !entry.equals(known.entry)) {
      Known next = new Known(entry, changes + 1);
      changes = next.since;
      byJob.put(entry.job().id(), next);
      soonest.add(next);
    }
  }

  void forget(String jobId) {
    byJob.remove(jobId);
  }

  void clear() {
    byJob.clear();
    soonest.clear();
    claiming.clear();
  }

  /** When the next entry wants something done. */
  Optional<Instant> next() {
    dropSuperseded();
    return Optional.ofNullable(soonest.peek()).map(known -> known.entry.notBefore());
  }

  /**
   * Removes and answers what wants something done by now, soonest first. Nothing is learnt of these
   * jobs until they are {@linkplain #release released}.
   */
  List<Entry> takeDue(Instant now, int most) {
    List<Entry> due = new ArrayList<>();
    dropSuperseded();
    while (due.size() < most
        && !soonest.isEmpty()
        && !soonest.peek().entry.notBefore().isAfter(now)) {
      Entry entry = soonest.poll().entry;
      byJob.remove(entry.job().id());
      claiming.add(entry.job().id());
      due.add(entry);
      dropSuperseded();
    }
    return due;
  }

  /** What was taken has been dealt with. */
  void release(String jobId) {
    claiming.remove(jobId);
  }

  private void dropSuperseded() {
    while (!soonest.isEmpty() && byJob.get(soonest.peek().entry.job().id()) != soonest.peek()) {
      soonest.poll();
    }
  }
}
