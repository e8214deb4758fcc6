package io.carillon.engine;

import io.carillon.engine.SchedulerStore.Replica;
import java.time.Duration;

/** Says each second that this replica is alive. */
public final class Heartbeat implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Replica self;
  private final SchedulerStore store;
  final Loop loop = new Loop("heartbeat", this::beat);

  public Heartbeat(Replica self, SchedulerStore store) {
    this.self = self;
    this.store = store;
  }

  public void start() {
    loop.start();
  }

  private Duration beat() {
    store.alive(self);
    return EVERY;
  }

  @Override
  public void close() {
    loop.close();
    store.gone(self);
  }
}
