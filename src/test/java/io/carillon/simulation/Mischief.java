package io.carillon.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong. In one history it is mostly this, in another mostly that. */
final class Mischief {

  private final Chance chance;
  private final Cluster cluster;
  private final Trace trace;
  private final List<Accident> accidents = new ArrayList<>();

  private enum Accident {
    DEATH,
    FREEZE,
    NAP,
    CUT,
    CLOCK,
    STORE,
    MEMORY,
    RESIGNATION
  }

  Mischief(Chance chance, Cluster cluster, Trace trace) {
    this.chance = chance;
    this.cluster = cluster;
    this.trace = trace;
    for (Accident each : Accident.values()) {
      if (chance.onceIn(2)) {
        accidents.add(each);
      }
    }
  }

  void act() {
    if (chance.onceIn(3) && cluster.restart()) {
      return;
    }
    if (accidents.isEmpty()) {
      return;
    }
    Replica victim = chance.oneOf(cluster.replicas());
    Accident accident = chance.oneOf(accidents);
    trace.note(() -> accident + " of " + victim);
    switch (accident) {
      case DEATH -> cluster.kill(victim);
      case FREEZE -> freezeOrThaw(victim);
      case NAP -> nap(victim);
      case CUT -> victim.cutOff(!victim.isCutOff());
      case CLOCK -> victim.setClockOffBy(offset());
      case STORE -> cluster.crashStore();
      case MEMORY -> cluster.fillStoreOrMakeRoom();
      case RESIGNATION -> resign(victim);
    }
  }

  private static void freezeOrThaw(Replica victim) {
    if (victim.isAwake()) {
      victim.freeze();
    } else {
      victim.thaw();
    }
  }

  /** It wakes after the lease has lapsed, or its runs have been given to others. */
  private void nap(Replica victim) {
    if (victim.isAwake()) {
      victim.freeze();
      cluster.goOn(Duration.ofSeconds(chance.oneOf(3, 6, 12, 20)));
      victim.thaw();
    }
  }

  private void resign(Replica victim) {
    if (victim.isAwake()) {
      victim.resign();
      cluster.kill(victim);
    }
  }

  private Duration offset() {
    int most = chance.oneOf(20, 20, 300, 3_000, 10_000);
    return chance.millis(-most, most);
  }
}
