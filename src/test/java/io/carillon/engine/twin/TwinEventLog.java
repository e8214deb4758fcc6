package io.carillon.engine.twin;

import io.carillon.engine.EventLog;
import io.carillon.job.LifecycleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The events in a list, none ever forgotten. */
final class TwinEventLog implements EventLog {

  private final State state;

  TwinEventLog(State state) {
    this.state = state;
  }

  @Override
  public String end() {
    synchronized (state) {
      return EventPosition.last(state.events).toString();
    }
  }

  @Override
  public Optional<String> oldest() {
    synchronized (state) {
      return state.events.stream().findFirst().map(LifecycleEvent::position);
    }
  }

  @Override
  public boolean isPosition(String text) {
    return EventPosition.parse(text).isPresent();
  }

  @Override
  public boolean before(String position, String other) {
    return EventPosition.parse(position)
            .orElseThrow()
            .compareTo(EventPosition.parse(other).orElseThrow())
        < 0;
  }

  @Override
  public boolean follows(String position, String next) {
    return EventPosition.parse(next).orElseThrow().count()
        == EventPosition.parse(position).orElseThrow().count() + 1;
  }

  @Override
  public List<LifecycleEvent> after(String position, int max, Duration wait) {
    long until = System.nanoTime() + wait.toNanos();
    synchronized (state) {
      while (true) {
        List<LifecycleEvent> found =
            state.events.stream()
                .filter(event -> before(position, event.position()))
                .limit(max)
                .toList();
        long left = (until - System.nanoTime()) / 1_000_000;
        if (!found.isEmpty() || left <= 0) {
          return found;
        }
        await(left);
      }
    }
  }

  private void await(long millis) {
    try {
      state.wait(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for events", interrupted);
    }
  }
}
