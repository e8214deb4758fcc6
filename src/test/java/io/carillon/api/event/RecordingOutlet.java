package io.carillon.api.event;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An outlet that keeps what it gets, takes it on the caller's thread, and can be blocked. */
final class RecordingOutlet implements Outlet {

  private final List<Buffer> written = new ArrayList<>();
  private Optional<Runnable> whenRoom = Optional.empty();
  private boolean blocked;
  private boolean ended;
  private boolean cut;

  /** Takes nothing from now on. */
  synchronized RecordingOutlet block() {
    blocked = true;
    return this;
  }

  /** Takes everything from now on. */
  void unblock() {
    Optional<Runnable> waiting;
    synchronized (this) {
      blocked = false;
      waiting = whenRoom;
      whenRoom = Optional.empty();
    }
    waiting.ifPresent(Runnable::run);
  }

  @Override
  public void run(Runnable task) {
    task.run();
  }

  @Override
  public synchronized boolean isFull() {
    return blocked;
  }

  @Override
  public synchronized void whenRoom(Runnable task) {
    whenRoom = Optional.of(task);
  }

  @Override
  public synchronized void write(Buffer frames) {
    written.add(frames);
  }

  @Override
  public synchronized void end() {
    ended = true;
  }

  @Override
  public synchronized void cut() {
    cut = true;
  }

  synchronized boolean isEnded() {
    return ended;
  }

  synchronized boolean isCut() {
    return cut;
  }

  synchronized List<Buffer> written() {
    return List.copyOf(written);
  }

  synchronized String text() {
    return String.join("", written.stream().map(Buffer::toString).toList());
  }

  /** Whether the event at this position was the last thing written. */
  synchronized boolean hasComeTo(String position) {
    return !written.isEmpty()
        && written.get(written.size() - 1).toString().contains("id: " + position + "\n");
  }

  /** The values of a field, in their order. */
  List<String> all(String field) {
    String start = field + ": ";
    return text()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  /** The positions of the events proper. */
  List<String> positions() {
    return Stream.of(text().split("\n\n"))
        .filter(frame -> frame.contains("\nevent: ") && !frame.contains("\nevent: gap"))
        .map(frame -> frame.substring("id: ".length(), frame.indexOf('\n')))
        .toList();
  }
}
