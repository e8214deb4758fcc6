package io.carillon.simulation;

import io.carillon.engine.Hints;
import io.carillon.job.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hints on their way to the replicas: some are lost, and the others come at any time. */
final class Whispers implements Hints.Listener {

  private final Chance chance;
  private final Supplier<List<Replica>> replicas;
  private final List<Whisper> underWay = new ArrayList<>();
  private boolean rough = true;

  private record Whisper(Replica to, Consumer<Hints.Listener> news) {}

  Whispers(Chance chance, Supplier<List<Replica>> replicas) {
    this.chance = chance;
    this.replicas = replicas;
  }

  private void spread(Consumer<Hints.Listener> news) {
    for (Replica replica : replicas.get()) {
      boolean lost = rough && chance.onceIn(4);
      if (replica.isAlive() && !lost) {
        underWay.add(new Whisper(replica, news));
      }
    }
  }

  boolean canMove() {
    for (Whisper whisper : underWay) {
      if (whisper.to.isAwake()) {
        return true;
      }
    }
    return false;
  }

  /** Some of them arrive. */
  void arrive() {
    int some = rough ? 1 + chance.below(6) : underWay.size();
    for (int i = 0; i < some && !underWay.isEmpty(); i++) {
      Whisper next = underWay.remove(rough ? chance.below(underWay.size()) : 0);
      if (next.to.isAwake()) {
        next.news.accept(next.to.ears());
      } else if (next.to.isAlive()) {
        next.to.onAwake(() -> next.news.accept(next.to.ears()));
      }
    }
  }

  /** From now on none is lost. */
  void calmDown() {
    rough = false;
  }

  @Override
  public void jobWritten(String jobId, Instant dueAt) {
    spread(listener -> listener.jobWritten(jobId, dueAt));
  }

  @Override
  public void jobNotDue(String jobId) {
    spread(listener -> listener.jobNotDue(jobId));
  }

  @Override
  public void runsReady() {
    spread(Hints.Listener::runsReady);
  }

  @Override
  public void runCancelled(RunId run) {
    spread(listener -> listener.runCancelled(run));
  }

  @Override
  public void leaseReleased() {
    spread(Hints.Listener::leaseReleased);
  }

  @Override
  public void settingsChanged() {
    spread(Hints.Listener::settingsChanged);
  }
}
