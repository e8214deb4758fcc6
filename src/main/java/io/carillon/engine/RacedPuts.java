package io.carillon.engine;

import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.Jobs.Changed;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Jobs wanted together, settled in rounds: one look at what there is, a decision for each, one
 * write of all. Whatever somebody else was faster with goes into the next round. So does the second
 * request for one job: it comes after the first. One request's failure is no other's, except that a
 * silent store is not asked again.
 */
final class RacedPuts {

  private final JobStore store;
  private final PutPlanner planner;
  private final List<JobRequest> requests;

  /** Of each request what became of it; null while it is open. */
  private final Changed[] settled;

  RacedPuts(JobStore store, PutPlanner planner, List<JobRequest> requests) {
    this.store = store;
    this.planner = planner;
    this.requests = requests;
    this.settled = new Changed[requests.size()];
  }

  /** What became of each, in their order. */
  List<Changed> settle() {
    List<Integer> open = IntStream.range(0, settled.length).boxed().toList();
    int races = 0;
    for (int round = 0; !open.isEmpty(); round++) {
      settleRound(round, firstOfEachId(open));
      List<Integer> left = stillOpen(open);
      races = left.size() < open.size() ? 0 : races + 1;
      if (races == RacedChanges.MOST_RACES) {
        left.forEach(i -> settled[i] = tooManyRaces(i));
        return List.of(settled);
      }
      open = left;
    }
    return List.of(settled);
  }

  private Changed tooManyRaces(int i) {
    return new Changed.Failed(RacedChanges.tooManyRaces(requests.get(i).id()));
  }

  private List<Integer> firstOfEachId(List<Integer> open) {
    Set<String> ids = new HashSet<>();
    return open.stream().filter(i -> ids.add(requests.get(i).id())).toList();
  }

  private List<Integer> stillOpen(List<Integer> open) {
    return open.stream().filter(i -> settled[i] == null).toList();
  }

  private void settleRound(int round, List<Integer> some) {
    List<String> unknown =
        some.stream()
            .map(requests::get)
            .filter(request -> round > 0 || request.precondition() != Precondition.NEW_ID)
            .map(JobRequest::id)
            .toList();
    Looked looked = Looked.at(store, unknown);
    List<Integer> writing = new ArrayList<>();
    List<Put> puts = new ArrayList<>();
    for (int i : some) {
      PlannedPut plan = plan(requests.get(i), looked);
      if (plan instanceof PlannedPut.Write write) {
        writing.add(i);
        puts.add(write.put());
      } else if (plan instanceof PlannedPut.Nothing nothing) {
        settled[i] = nothing.because();
      }
    }
    List<Optional<Changed>> written = puts.isEmpty() ? List.of() : write(puts);
    for (int n = 0; n < written.size(); n++) {
      settled[writing.get(n)] = written.get(n).orElse(null);
    }
    failAllIfSilent();
  }

  private PlannedPut plan(JobRequest request, Looked looked) {
    try {
      Optional<Timed> current = looked.job(request.id());
      Optional<Job> job = current.map(Timed::job);
      if (!request.precondition().holds(job)) {
        return new PlannedPut.Nothing(
            new Changed.PreconditionFailed(request.precondition(), job.map(Job::revision)));
      }
      Definition definition = request.definition().apply(job.map(Job::definition));
      return current
          .map(timed -> planner.replace(timed, definition))
          .orElseGet(() -> planner.create(request.id(), definition, request.pause()));
    } catch (RuntimeException refusal) {
      return new PlannedPut.Nothing(new Changed.Failed(refusal));
    }
  }

  private List<Optional<Changed>> write(List<Put> puts) {
    try {
      List<Written> written = store.putAll(puts);
      return IntStream.range(0, puts.size())
          .mapToObj(n -> Changed.of(written.get(n), puts.get(n)))
          .toList();
    } catch (RuntimeException unknown) {
      return Collections.nCopies(puts.size(), Optional.of(new Changed.Failed(unknown)));
    }
  }

  private void failAllIfSilent() {
    Stream.of(settled)
        .filter(Changed.Failed.class::isInstance)
        .map(Changed.Failed.class::cast)
        .filter(failed -> StoreUnavailable.isSilence(failed.cause()))
        .findFirst()
        .ifPresent(failed -> Arrays.setAll(settled, i -> settled[i] == null ? failed : settled[i]));
  }
}
