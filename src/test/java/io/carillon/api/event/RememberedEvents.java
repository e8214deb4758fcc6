package io.carillon.api.event;

import io.carillon.engine.EventLog;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.LifecycleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An event log in memory, with the numbers from 1 for positions. */
final class RememberedEvents implements EventLog {

  private static final Instant START = Instant.parse("2026-12-01T09:00:00Z");

  private final boolean waits;
  private final List<LifecycleEvent> kept = new ArrayList<>();
  private long count;
  private long reads;
  private long refusals;
  private boolean away;

  private RememberedEvents(boolean waits) {
    this.waits = waits;
  }

  /** For tests in which things happen while somebody reads. */
  static RememberedEvents waiting() {
    return new RememberedEvents(true);
  }

  /** For tests in which nothing happens while somebody reads, so that waiting is in vain. */
  static RememberedEvents notWaiting() {
    return new RememberedEvents(false);
  }

  /** Has events of a type happen to a job with tags. */
  synchronized LifecycleEvent happens(String type, String jobId, String... tags) {
    count++;
    LifecycleEvent event =
        new LifecycleEvent(
            Long.toString(count),
            type,
            START.plusMillis(count),
            Optional.of(jobId).filter(id -> !id.isEmpty()),
            Arrays.asList(tags),
            Optional.empty(),
            Map.of());
    kept.add(event);
    notifyAll();
    return event;
  }

  /** Has as many events happen to some job. */
  void happen(int times) {
    IntStream.range(0, times).forEach(any -> happens("job.updated", "some"));
  }

  /** Forgets all events but the newest ones. */
  synchronized void keep(int newest) {
    kept.subList(0, kept.size() - newest).clear();
  }

  /** From now on nobody can ask it anything. */
  synchronized void goAway() {
    away = true;
    notifyAll();
  }

  synchronized void comeBack() {
    away = false;
  }

  /** How often it was asked for events. */
  synchronized long reads() {
    return reads;
  }

  /** How often it was asked in vain, as it was away. */
  synchronized long refusals() {
    return refusals;
  }

  @Override
  public synchronized String end() {
    checkThere();
    return Long.toString(count);
  }

  @Override
  public synchronized Optional<String> oldest() {
    checkThere();
    return kept.stream().findFirst().map(LifecycleEvent::position);
  }

  @Override
  public boolean isPosition(String text) {
    return text.matches("\\d{1,9}");
  }

  @Override
  public boolean before(String position, String other) {
    return Long.parseLong(position) < Long.parseLong(other);
  }

  @Override
  public boolean follows(String position, String next) {
    return Long.parseLong(next) == Long.parseLong(position) + 1;
  }

  @Override
  public synchronized List<LifecycleEvent> after(String position, int max, Duration wait) {
    checkThere();
    reads++;
    if (waits && !wait.isZero() && !before(position, Long.toString(count))) {
      await(wait);
      checkThere();
    }
    long forgotten = count - kept.size();
    int from = (int) Math.max(0, Long.parseLong(position) - forgotten);
    return List.copyOf(kept.subList(from, Math.min(kept.size(), from + max)));
  }

  private void await(Duration atMost) {
    try {
      wait(atMost.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void checkThere() {
    if (away) {
      refusals++;
      throw StoreUnavailable.silent("the log is away", null);
    }
  }
}
