package io.carillon.process.faults;

import static io.carillon.redis.ScriptEdits.replace;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A copy of the package whose scripts check neither the epoch nor what is due: the control that
 * shows what these checks are good for.
 */
final class UnsafePackage {

  private static final UnaryOperator<String> CLAIMS_WITHOUT_FENCE =
      claim -> replace(claim, "if redis.call('GET', EPOCH) ~= epoch then return 'fenced' end", "");

  private static final UnaryOperator<String> CLAIMS_WITHOUT_COMPARE_AND_SET =
      claim ->
          replace(
              replace(claim, "due_now and tonumber(due_now) == claimed.due", "due_now ~= nil"),
              "and job.last < claimed.occurrence",
              "");

  /** Whoever was replaced while he was away goes on leading. */
  private static final UnaryOperator<String> RENEWALS_WITHOUT_FENCE =
      renew -> replace(renew, "if redis.call('GET', EPOCH) ~= epoch then return 0 end", "");

  private UnsafePackage() {}

  /**
   * Makes the copy.
   *
   * @param directory empty, for the copy
   * @return the jar to start
   */
  static Path in(Path directory) {
    return EditedPackage.in(
        directory,
        Map.of(
            "claim",
            claim -> CLAIMS_WITHOUT_COMPARE_AND_SET.apply(CLAIMS_WITHOUT_FENCE.apply(claim)),
            "renew",
            RENEWALS_WITHOUT_FENCE));
  }
}
