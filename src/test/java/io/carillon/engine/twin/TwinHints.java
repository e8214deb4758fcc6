package io.carillon.engine.twin;

import io.carillon.engine.Hints;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hints that are heard at once. */
final class TwinHints implements Hints {

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  @Override
  public void subscribe(Listener listener) {
    listeners.add(listener);
  }

  void tell(Consumer<Listener> hint) {
    listeners.forEach(hint);
  }
}
