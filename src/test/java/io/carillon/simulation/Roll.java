package io.carillon.simulation;

import io.carillon.engine.RunLedger;
import io.carillon.engine.twin.ActiveRun;
import io.carillon.job.RunId;
import io.carillon.simulation.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who was accepted and has not ended: each run lives once, and none disappears. */
final class Roll {

  private final Set<RunId> alive = new HashSet<>();
  private final Set<RunId> ended = new HashSet<>();

  /** Alive, and when last looked at without the slots that it needs. */
  private final Set<RunId> waiting = new HashSet<>();

  /** Ended by somebody who did not wait for the receiver. */
  private final Set<RunId> cutShort = new HashSet<>();

  void become(Roll other) {
    alive.clear();
    alive.addAll(other.alive);
    ended.clear();
    ended.addAll(other.ended);
    waiting.clear();
    waiting.addAll(other.waiting);
    cutShort.clear();
    cutShort.addAll(other.cutShort);
  }

  boolean knows(RunId run) {
    return alive.contains(run) || ended.contains(run);
  }

  void accept(RunId run, Complaints complaints) {
    if (knows(run)) {
      complaints.broken(Promise.RUN_ONCE, "accepted once more: " + run);
    }
    alive.add(run);
  }

  void cutShort(RunId run) {
    cutShort.add(run);
  }

  boolean isCutShort(RunId run) {
    return cutShort.contains(run);
  }

  /** The runs of a job end with it. */
  void forget(String jobId) {
    for (RunId run : List.copyOf(alive)) {
      if (run.jobId().equals(jobId)) {
        alive.remove(run);
        ended.add(run);
      }
    }
  }

  /**
   * Compares with what the ledger has; what has ended is to be found in the history.
   *
   * @return those that have ended and had waited until then
   */
  List<RunId> compare(List<ActiveRun> active, RunLedger ledger, Complaints complaints) {
    Map<RunId, ActiveRun> known = new HashMap<>();
    for (ActiveRun run : active) {
      known.put(run.id(), run);
      if (!alive.contains(run.id())) {
        complaints.broken(
            Promise.RUN_ONCE,
            (ended.contains(run.id()) ? "ended and alive again: " : "nobody accepted: ") + run);
      }
      if (!run.isConsistent()) {
        complaints.broken(Promise.CONSISTENCY, run.toString());
      }
    }

    List<RunId> inVain = new ArrayList<>();
    if (alive.size() > known.size()) {
      for (RunId run : List.copyOf(alive)) {
        if (!known.containsKey(run)) {
          alive.remove(run);
          ended.add(run);
          if (waiting.contains(run) && !isCutShort(run)) {
            inVain.add(run);
          }
          if (!hasEnded(run, ledger)) {
            complaints.broken(Promise.ENDS_WELL, "disappeared: " + run);
          }
        }
      }
    }
    waiting.clear();
    active.stream().filter(run -> !run.hasSlot()).map(ActiveRun::id).forEach(waiting::add);
    return inVain;
  }

  /** Skipped ones fold into the one after them. */
  private static boolean hasEnded(RunId run, RunLedger ledger) {
    return ledger.find(run).filter(one -> one.finishedAt().isPresent()).isPresent()
        || ledger.runs(run.jobId()).stream().anyMatch(one -> one.missed() > 1);
  }
}
