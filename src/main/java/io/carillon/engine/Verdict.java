package io.carillon.engine;

import io.carillon.engine.Courier.Reply;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.Attempt;
import io.carillon.job.Reason;
import io.carillon.job.RetryPolicy;
import io.carillon.job.RunState;
import io.carillon.job.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What follows from the way an attempt went. */
final class Verdict {

  /** Too many requests, and unavailable: the answers whose {@code Retry-After} counts. */
  private static final Set<Integer> ASKS_FOR_PEACE = Set.of(429, 503);

  private Verdict() {}

  static Outcome on(Reply reply, TakenRun run, RandomGenerator random) {
    if (reply instanceof Reply.Answered answered) {
      return onAnswer(answered, run, random);
    }
    return reply instanceof Reply.NotSent notSent
        ? new Outcome.Ended(
            RunState.SKIPPED,
            Optional.of(notSent.reason()),
            attempt(run, notSent.took(), Optional.empty(), Optional.of(notSent.reason())))
        : onSilence((Reply.Unanswered) reply, run, random);
  }

  private static Outcome onAnswer(Reply.Answered answer, TakenRun run, RandomGenerator random) {
    Optional<Integer> status = Optional.of(answer.status());
    Target target = run.definition().target();
    if (target.succeedsWith(answer.status())) {
      if (target.completion() == Target.Completion.CALLBACK) {
        return new Outcome.Awaiting(
            target.completionTimeout(), attempt(run, answer.took(), status, Optional.empty()));
      }
      return new Outcome.Ended(
          RunState.SUCCEEDED,
          Optional.empty(),
          attempt(run, answer.took(), status, Optional.empty()));
    }
    String reason = Reason.ofStatus(answer.status());
    Attempt attempt = attempt(run, answer.took(), status, Optional.of(reason));
    if (answer.noRetry() || Reason.isGone(answer.status())) {
      return failed(reason, attempt);
    }
    Optional<Duration> asked =
        ASKS_FOR_PEACE.contains(answer.status()) ? answer.retryAfter() : Optional.empty();
    return again(run, reason, attempt, asked, random);
  }

  private static Outcome onSilence(Reply.Unanswered silence, TakenRun run, RandomGenerator random) {
    Attempt attempt = attempt(run, silence.took(), Optional.empty(), Optional.of(silence.error()));
    return again(run, silence.error(), attempt, Optional.empty(), random);
  }

  private static Outcome again(
      TakenRun run,
      String reason,
      Attempt attempt,
      Optional<Duration> retryAfter,
      RandomGenerator random) {
    RetryPolicy retry = run.definition().retry();
    int usedUp = run.attempt() - run.crashes();
    return retry.allowsAfter(usedUp)
        ? new Outcome.Retry(retryAfter.orElseGet(() -> retry.delayAfter(usedUp, random)), attempt)
        : failed(reason, attempt);
  }

  private static Outcome failed(String reason, Attempt attempt) {
    return new Outcome.Ended(RunState.FAILED, Optional.of(reason), attempt);
  }

  /** An attempt that a fault of ours prevented. */
  static Attempt unsent(TakenRun run) {
    return attempt(run, Duration.ZERO, Optional.empty(), Optional.of(Reason.UNSENT.word()));
  }

  private static Attempt attempt(
      TakenRun run, Duration took, Optional<Integer> status, Optional<String> error) {
    return new Attempt(run.attempt(), run.at(), Optional.of(took), status, error, Optional.empty());
  }
}
