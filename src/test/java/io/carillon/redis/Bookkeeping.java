package io.carillon.redis;

import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.SetState;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.Lease.Bid;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.JobState;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Keeps books on a ledger from outside: from what was asked of it, what it answered and what it
 * told. It knows what may be claimed, and how many runs there are in which state; but neither
 * queues nor indexes, and nothing of how the ledger comes to its answers. Objects where they
 * contradict each other.
 */
final class Bookkeeping {

  private final Map<String, JobBook> jobs = new TreeMap<>();
  private final Set<RunId> handedOff = new HashSet<>();
  private long epoch;
  private boolean paused;
  private Optional<Integer> limit = Optional.empty();

  Map<String, JobBook> jobs() {
    return jobs;
  }

  /** Whether a claim handed it to its author, so that it never was ready. */
  boolean wasHandedOff(RunId run) {
    return handedOff.contains(run);
  }

  /** The scheduler's limit. */
  Optional<Integer> limit() {
    return limit;
  }

  /** Takes note of a question and its answer; those that change nothing are of no interest. */
  void note(String method, Object[] asked, Object answer, Instant now) {
    switch (method) {
      case "putAll" -> putAll(asked[0], answer);
      case "setState" -> setState((SetState) asked[0], (Written) answer);
      case "delete" -> delete((String) asked[0], (Long) asked[1], (Boolean) answer);
      case "change" -> change((Change) asked[0]);
      case "acquire", "depose" -> elect((Bid) answer);
      case "claim" -> claims((Long) asked[0], asked[1], answer, now);
      case "accept", "redeliver" -> accept(method, (Acceptance) answer);
      default -> {}
    }
  }

  @SuppressWarnings("unchecked")
  private void putAll(Object puts, Object answer) {
    List<Written> written = (List<Written>) answer;
    for (int i = 0; i < written.size(); i++) {
      put(((List<Put>) puts).get(i), written.get(i));
    }
  }

  private void put(Put put, Written answer) {
    JobBook known = jobs.get(put.id());
    boolean wasMadeBefore = known != null && put.under().isPresent();
    if (answer instanceof Written.Done done && !wasMadeBefore) {
      require(put.revision() == (known == null ? 0 : known.revision), "written over: %s", put);
      JobBook book = known == null ? new JobBook(done.job().incarnation()) : known;
      jobs.put(put.id(), book);
      book.revision = put.revision() + 1;
      book.state = put.state();
      book.limitTo(put.definition().concurrency().map(ConcurrencyPolicy::limit));
    }
  }

  private void setState(SetState change, Written answer) {
    JobBook book = jobs.get(change.id());
    boolean asKnown = book != null && book.revision == change.revision();
    require(asKnown == answer instanceof Written.Done, "%s was answered %s", change, answer);
    if (asKnown) {
      book.revision++;
      book.state = change.state();
    }
  }

  private void delete(String job, long revision, boolean done) {
    JobBook book = jobs.get(job);
    require(done == (book != null && book.revision == revision), "deletion of %s: %s", job, done);
    if (done) {
      jobs.remove(job);
    }
  }

  private void change(Change change) {
    paused = change.paused().orElse(paused);
    change.concurrency().ifPresent(policy -> limit = policy.map(ConcurrencyPolicy::limit));
  }

  private void elect(Bid answer) {
    if (answer instanceof Bid.Won won) {
      require(won.leadership().epoch() > epoch, "epoch %s after %s", won, epoch);
      epoch = won.leadership().epoch();
    }
  }

  @SuppressWarnings("unchecked")
  private void claims(long asked, Object claims, Object answer, Instant now) {
    List<ClaimResult> results =
        ((CompletionStage<List<ClaimResult>>) answer).toCompletableFuture().join();
    Set<String> claimed = new HashSet<>();
    for (int i = 0; i < results.size(); i++) {
      Claim claim = ((List<Claim>) claims).get(i);
      ClaimResult result = results.get(i);
      if (result instanceof ClaimResult.Accepted || result instanceof ClaimResult.Refused) {
        require(asked == epoch && epoch > 0, "claimed in epoch %s of %s", asked, epoch);
        require(!paused, "claimed while all is paused: %s", claim);
        require(claimed.add(claim.jobId()), "claimed twice at once: %s", claim);
        require(!claim.due().isAfter(now.plusMillis(50)), "claimed early: %s", claim);
        claimed(claim, result);
      }
    }
  }

  private void claimed(Claim claim, ClaimResult result) {
    JobBook book = jobs.get(claim.jobId());
    require(book != null && book.state == JobState.ACTIVE, "claimed of no active job: %s", claim);
    require(book.revision == claim.revision(), "claimed of an earlier revision: %s", claim);
    require(
        book.last.filter(last -> !last.isBefore(claim.occurrence())).isEmpty(),
        "claimed again: %s",
        claim);
    book.last = Optional.of(claim.occurrence());
    boolean runs = claim.kind() == Claim.Kind.FIRE || claim.kind() == Claim.Kind.CATCH_UP;
    if (runs && result instanceof ClaimResult.Accepted taken) {
      RunId name = RunId.ofOccurrence(claim.jobId(), book.incarnation, claim.occurrence());
      require(taken.run().equals(name), "%s named %s", claim, taken);
      book.accepted++;
      book.accept(name);
      if (taken instanceof ClaimResult.HandedOff) {
        handedOff.add(name);
      }
    }
  }

  private void accept(String method, Acceptance answer) {
    if (answer instanceof Acceptance.Accepted accepted) {
      Run run = accepted.run();
      JobBook book = jobs.get(run.id().jobId());
      require(book != null, "accepted for no job: %s", run);
      if (method.equals("redeliver")) {
        require(book.ended.containsKey(run.id()), "redelivered before it ended: %s", run);
        book.redeliver(run.id());
      } else if (!run.state().ended() && !book.active.contains(run.id())) {
        book.accept(run.id());
      }
    }
  }

  /** Takes note of what was told. */
  void hear(LifecycleEvent event) {
    JobBook book = event.jobId().map(jobs::get).orElse(null);
    if (book == null) {
      return;
    }
    if (event.details().get("revision") instanceof Long revision && revision > book.revision) {
      require(revision == book.revision + 1, "a revision is missing before %s", event);
      book.revision = revision;
      book.state =
          switch (event.type()) {
            case "job.completed" -> JobState.COMPLETED;
            case "job.paused" -> JobState.PAUSED;
            default -> JobState.ACTIVE;
          };
    }
    event.run().ifPresent(run -> hear(run, book));
  }

  private static void hear(Run run, JobBook book) {
    if (run.state() == RunState.SKIPPED) {
      book.skip(run);
      return;
    }
    require(book.active.contains(run.id()), "told of a run that is not active: %s", run);
    if (run.state() == RunState.RUNNING) {
      book.begin(run.id());
    } else if (run.state().ended()) {
      book.end(run.id(), run.state());
    }
  }

  static void require(boolean holds, String objection, Object... of) {
    if (!holds) {
      throw new Contradiction(objection.formatted(of));
    }
  }

  /** What was asked, answered, told and seen does not fit together. */
  static final class Contradiction extends RuntimeException {
    private static final long serialVersionUID = 1;

    Contradiction(String message) {
      super(message);
    }
  }
}
