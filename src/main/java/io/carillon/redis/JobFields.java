package io.carillon.redis;

import io.carillon.job.Counters;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import io.carillon.job.Worded;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A job as the fields of its hash. */
final class JobFields {

  /** The fields that make up a job, in the order in which scripts answer them. */
  static final List<String> NAMES =
      List.of(
          "rev",
          "inc",
          "state",
          "def",
          "pauseReason",
          "pauseSince",
          "pauseUntil",
          "created",
          "updated",
          "anchor",
          "next",
          "last",
          "accepted",
          "caughtUp",
          "started",
          "succeeded",
          "failed",
          "skipped",
          "resumed",
          "lastRun");

  private JobFields() {}

  /**
   * Reads a job.
   *
   * @param fields the values of {@link #NAMES}
   * @return empty when there is none
   */
  static Optional<Job> read(String id, Response fields, Definitions definitions) {
    Values values = new Values(fields);
    if (values.text("rev").isEmpty()) {
      return Optional.empty();
    }
    JobState state = Worded.of(JobState.class, values.text("state").orElseThrow()).orElseThrow();
    return Optional.of(
        new Job(
            id,
            values.number("rev"),
            values.text("inc").orElseThrow(),
            state,
            values
                .instant("pauseSince")
                .map(
                    since ->
                        new Pause(values.text("pauseReason"), since, values.instant("pauseUntil"))),
            definitions.read(id, values.text("def").orElseThrow()),
            values.instant("created").orElseThrow(),
            values.instant("updated").orElseThrow(),
            values.instant("anchor").orElseThrow(),
            values.instant("next"),
            values.instant("last"),
            values.number("accepted"),
            (int) values.number("caughtUp"),
            new Counters(
                values.number("started"),
                values.number("succeeded"),
                values.number("failed"),
                values.number("skipped")),
            values.instant("resumed"),
            values.text("lastRun").map(run -> RunRecord.readEnded(run, 0))));
  }

  private record Values(Response fields) {
    Optional<String> text(String name) {
      Response value = fields.get(NAMES.indexOf(name));
      return value == null ? Optional.empty() : Texts.present(value.toString());
    }

    long number(String name) {
      return text(name).map(Long::parseLong).orElse(0L);
    }

    Optional<Instant> instant(String name) {
      return text(name).map(Texts::instant);
    }
  }
}
