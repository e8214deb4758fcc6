package io.carillon.engine;

import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who carries a webhook to its receiver. */
public interface Courier {

  /**
   * Makes one attempt. The stage never fails: whatever goes wrong is an answer.
   *
   * @return completed within the target's timeout
   */
  CompletionStage<Reply> deliver(TakenRun run);

  /** Drops what is under way for a run, if anything is; its reply then tells so. */
  void cancel(RunId run);

  /** How an attempt went. */
  sealed interface Reply {

    /** From the beginning of the attempt to its end, queueing for a connection included. */
    Duration took();

    /**
     * The receiver answered.
     *
     * @param retryAfter how long it asks to be left alone
     * @param noRetry whether it forbids another attempt
     */
    record Answered(Duration took, int status, Optional<Duration> retryAfter, boolean noRetry)
        implements Reply {}

    /**
     * The run's guard did not let it through.
     *
     * @param reason {@code guard}
     */
    record NotSent(Duration took, String reason) implements Reply {}

    /**
     * No answer came.
     *
     * @param error why, in one word: {@code timeout}, {@code connect}, {@code reset}, {@code
     *     target-denied}, …
     */
    record Unanswered(Duration took, String error) implements Reply {}
  }
}
