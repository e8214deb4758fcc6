package io.carillon.api.run;

import io.carillon.api.json.Document;
import io.carillon.engine.RunLedger.Report;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Worded;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A receiver's report, as it is written in JSON. */
@Schema(name = "CompletionReport")
public record ReportDocument(
    @NotNull(message = "a state is required") @Schema(required = true) Ending state,
    @Schema(
            description =
                "Becomes the run's reason, on one line; what exceeds 1024 characters is cut off.",
            examples = "ledger locked")
        String message)
    implements Document {

  private static final int LONGEST = 1024;

  /** How the work ended. */
  public enum Ending implements Worded {
    SUCCEEDED,
    FAILED
  }

  /** A lengthy message is no reason to refuse the news and let the run time out. */
  Report toReport(RunId run, Optional<String> token) {
    RunState ended = state == Ending.SUCCEEDED ? RunState.SUCCEEDED : RunState.FAILED;
    Optional<String> line =
        Optional.ofNullable(message)
            .map(text -> text.replaceAll("\\p{Cntrl}+", " ").strip())
            .map(ReportDocument::cut)
            .filter(text -> !text.isEmpty());
    return new Report(run, ended, line, token);
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }
}
