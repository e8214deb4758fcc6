package io.carillon.redis;

import static io.carillon.redis.Bookkeeping.require;

import io.carillon.engine.RunLedger.Load;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Job;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares, after each step, what a ledger shows with what the books say, and with before. */
final class Inspection {

  private static final Set<RunState> FIRST =
      EnumSet.of(RunState.READY, RunState.QUEUED, RunState.SKIPPED);

  private final Ports ports;
  private final Bookkeeping books;
  private Map<RunId, RunState> before = new HashMap<>();
  private Set<RunId> workingBefore = new HashSet<>();

  Inspection(Ports ports, Bookkeeping books) {
    this.ports = ports;
    this.books = books;
  }

  void inspect() {
    Map<RunId, RunState> seen = new HashMap<>();
    Map<String, Set<RunId>> working = new HashMap<>();
    long accepted = 0;
    for (Map.Entry<String, JobBook> each : books.jobs().entrySet()) {
      List<Run> runs = ports.runs().runs(each.getKey());
      runs.forEach(run -> seen.put(run.id(), run.state()));
      inspect(each.getKey(), each.getValue(), runs);
      working.put(
          each.getKey(),
          runs.stream().filter(Inspection::works).map(Run::id).collect(Collectors.toSet()));
      accepted += each.getValue().active.size();
    }
    Load load = ports.runs().load();
    require(load.active() + load.queued() == accepted, "%s of %s runs", load, accepted);
    seen.forEach(this::inspectTransition);
    inspectLimits(working, seen);
    before = seen;
    require(
        ports.runs().audit(Optional.empty(), 1).violations().isEmpty(),
        "the audit found %s",
        ports.runs().audit(Optional.empty(), 1));
  }

  private void inspect(String id, JobBook book, List<Run> runs) {
    Set<RunId> active = new HashSet<>();
    runs.stream().filter(run -> !run.state().ended()).forEach(run -> active.add(run.id()));
    require(active.equals(book.active), "active are %s, not %s", active, book.active);
    Job job = ports.jobs().find(id).orElseThrow();
    require(job.revision() == book.revision && job.state() == book.state, "not as told: %s", job);
    require(job.accepted() == book.accepted, "accepted were %s: %s", book.accepted, job);
    require(
        job.counters().equals(book.counters()),
        "counted were %s, not %s",
        book.counters(),
        job.counters());
  }

  private void inspectTransition(RunId run, RunState state) {
    RunState was = before.get(run);
    Set<RunState> legal = was == null ? first(run) : was.successors();
    require(was == state || legal.contains(state), "%s from %s to %s", run, was, state);
  }

  private Set<RunState> first(RunId run) {
    return books.wasHandedOff(run) ? EnumSet.of(RunState.RUNNING) : FIRST;
  }

  /** A limit that was lowered ends nothing; but where there are too many, there come no more. */
  private void inspectLimits(Map<String, Set<RunId>> working, Map<RunId, RunState> seen) {
    Set<RunId> all = working.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    boolean over = books.limit().filter(most -> all.size() > most).isPresent();
    require(!over || workingBefore.containsAll(all), "%s of %s", all, books.limit());
    boolean full = books.limit().filter(most -> all.size() >= most).isPresent();
    working.forEach(
        (job, runs) -> {
          JobBook book = books.jobs().get(job);
          boolean tooMany = book.limit.filter(most -> runs.size() > most).isPresent();
          Set<RunId> more = new HashSet<>(runs);
          more.removeAll(workingBefore);
          more.removeAll(book.fromEarlierLimit);
          require(!tooMany || more.isEmpty(), "%s of %s of %s", runs, book.limit, job);
          boolean fullItself = book.limit.filter(most -> runs.size() >= most).isPresent();
          require(full || fullItself || !waits(job, seen), "a run of %s waits for nothing", job);
        });
    workingBefore = all;
  }

  private static boolean waits(String job, Map<RunId, RunState> seen) {
    return seen.entrySet().stream()
        .anyMatch(run -> run.getKey().jobId().equals(job) && run.getValue() == RunState.QUEUED);
  }

  /** Whether it certainly has all the slots that it needs. */
  private static boolean works(Run run) {
    return !run.state().ended() && run.state() != RunState.QUEUED;
  }
}
