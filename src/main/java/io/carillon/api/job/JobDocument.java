package io.carillon.api.job;

import io.carillon.api.JobIds;
import io.carillon.api.Tags;
import io.carillon.api.json.Codes;
import io.carillon.api.json.Document;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.SelfChecking;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import io.carillon.api.schedule.ScheduleDocument;
import io.carillon.job.Definition;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.RetryPolicy;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** A job as somebody defines it, as it is written in JSON. */
@Schema(name = "JobDefinition", description = "A job as somebody defines it.")
public record JobDocument(
    @Schema(
            description = "Chosen with PUT, in a batch too; else given by the server.",
            pattern = JobIds.PATTERN,
            examples = "billing-nightly")
        String id,
    @CodePointLength(min = 1, max = 255, message = "must have 1 to 255 characters")
        @Schema(minLength = 1, maxLength = 255, examples = "Nightly billing")
        String name,
    @CodePointLength(max = 4_096, message = "must have at most 4096 characters")
        @Schema(maxLength = 4_096)
        String description,
    @Size(max = 20, message = "at most 20 tags")
        @Schema(
            description = "At most 20; of letters, digits and . _ : / -, at most 63 characters.",
            examples = "[\"billing\"]")
        List<
                @Pattern(
                    regexp = Tags.PATTERN,
                    message =
                        "a tag has 1 to 63 letters, digits, . _ : / or -, a letter or digit first")
                String>
            tags,
    @NotNull(message = "a schedule is required") @Schema(required = true) ScheduleDocument schedule,
    @Schema(description = "The first instant that may run; fixes the schedule's phase too.")
        Instant startAt,
    @Schema(description = "The first instant that may not run any more; not before 1970.")
        Instant endAt,
    @Min(1) @Schema(description = "How many accepted occurrences complete the job.")
        Integer maxRuns,
    @Schema(description = "Whether its creation is an occurrence too.", defaultValue = "false")
        Boolean runOnCreate,
    @DurationMin(message = "must not be negative")
        @DurationMax(days = 1, message = "must be at most P1D")
        @Schema(description = "The longest random delay of an occurrence, at most P1D.")
        Duration jitter,
    @NotNull(message = "a target is required") @Schema(required = true) TargetDocument target,
    GuardDocument guard,
    RetryDocument retry,
    @Schema(description = "Left out: no limit.") ConcurrencyDocument concurrency,
    MisfireDocument misfire,
    FailureDocument failure)
    implements Document, SelfChecking {

  /**
   * A definition as it is in effect.
   *
   * @param id null where it is not told
   * @param shownSecret what stands for the signing secret
   */
  static JobDocument of(String id, Definition definition, Optional<String> shownSecret) {
    return of(id, definition, shownSecret, RetryDocument.of(definition.retry()));
  }

  /**
   * A definition as it was given, its secret included: what follows from something else, and not
   * from the contract alone, is left out. So it follows when the something changes.
   */
  static JobDocument asGiven(Definition definition) {
    return of(
        null,
        definition,
        definition.target().signingSecret(),
        RetryDocument.asGiven(definition.retry()));
  }

  private static JobDocument of(
      String id, Definition definition, Optional<String> shownSecret, RetryDocument retry) {
    return new JobDocument(
        id,
        definition.name().orElse(null),
        definition.description().orElse(null),
        definition.tags(),
        ScheduleDocument.of(definition.schedule()),
        definition.startAt().orElse(null),
        definition.endAt().orElse(null),
        definition.maxRuns().orElse(null),
        definition.runOnCreate(),
        definition.jitter().isZero() ? null : definition.jitter(),
        TargetDocument.of(definition.target(), shownSecret),
        definition.guard().map(GuardDocument::of).orElse(null),
        retry,
        definition.concurrency().map(ConcurrencyDocument::of).orElse(null),
        MisfireDocument.of(definition.misfire()),
        definition.pauseAfter().map(FailureDocument::new).orElse(null));
  }

  /** What was given of it, and the defaults of what was left out. */
  RetryPolicy retryPolicy() {
    return retry == null ? RetryPolicy.DEFAULT : retry.toPolicy();
  }

  /** What was given for the signing secret. */
  Optional<String> givenSecret() {
    return Optional.ofNullable(target.signingSecret());
  }

  /**
   * The definition that is meant, with the defaults of what was left out. The document must be free
   * of violations.
   *
   * @param retried by which policy, this document's own or one that comes to the same
   */
  Definition toDefinition(Optional<String> secret, RetryPolicy retried) {
    return new Definition(
        Optional.ofNullable(name),
        Optional.ofNullable(description),
        Given.orElse(tags, List.<String>of()).stream().distinct().toList(),
        schedule.toSchedule(),
        Optional.ofNullable(startAt),
        Optional.ofNullable(endAt),
        Optional.ofNullable(maxRuns),
        Given.orElse(runOnCreate, false),
        Given.orElse(jitter, Duration.ZERO),
        target.toTarget(secret),
        Optional.ofNullable(guard).map(GuardDocument::toGuard),
        retried,
        Optional.ofNullable(concurrency).map(ConcurrencyDocument::toPolicy),
        misfire == null ? MisfirePolicy.DEFAULT : misfire.toPolicy(),
        Optional.ofNullable(failure).map(FailureDocument::pauseAfter));
  }

  @Override
  public void check(Pointer at, Violations found) {
    if (id != null) {
      JobIds.check(id, at.member("id"), found);
    }
    if (startAt != null && endAt != null && !startAt.isBefore(endAt)) {
      found.addIfNew(
          Violation.ofValue(at.member("endAt"), Codes.CONFLICTING, "must be later than startAt"));
    }
  }
}
