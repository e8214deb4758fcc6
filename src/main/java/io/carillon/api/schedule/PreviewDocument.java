package io.carillon.api.schedule;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Document;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.SelfChecking;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigInteger;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What schedule to try out, as it is written in JSON. */
@Schema(name = "PreviewRequest")
public record PreviewDocument(
    @NotNull(message = "a schedule is required") @Schema(required = true) ScheduleDocument schedule,
    @Schema(description = "The first instant that may run; fixes the phase too.") Instant startAt,
    @Schema(description = "The first instant that may not run any more.") Instant endAt,
    @Schema(description = "Runs after this instant are told; left out: now.") Instant from,
    @Min(1)
        @Schema(
            type = SchemaType.INTEGER,
            description = "How many runs at most; more than 1,000 are cut to 1,000.",
            defaultValue = "10")
        BigInteger count)
    implements Document, SelfChecking {

  /** How many runs are asked for, cut to the most that are told. */
  int most() {
    return count == null
        ? Foresight.USUAL
        : count.min(BigInteger.valueOf(Foresight.MOST)).intValue();
  }

  @Override
  public void check(Pointer at, Violations found) {
    if (startAt != null && endAt != null && !startAt.isBefore(endAt)) {
      found.addIfNew(
          Violation.ofValue(at.member("endAt"), Codes.CONFLICTING, "must be later than startAt"));
    }
  }
}
