package io.carillon.api.job;

import io.carillon.api.Parameters;
import io.carillon.api.json.Codes;
import io.carillon.engine.JobFilter;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The part of a query that says which jobs are meant: all that is given must match. */
public class FilterParameters {

  @Parameter(description = "Only jobs with this tag; may repeat: all must match.")
  @QueryParam("tag")
  List<String> tag;

  @Parameter(
      description = "Only jobs in this state.",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"active", "paused", "completed"}))
  @QueryParam("state")
  String state;

  @Parameter(description = "Only jobs whose name begins so.")
  @QueryParam("namePrefix")
  String namePrefix;

  @Parameter(
      description =
          "Only jobs whose last run ended so. Skipped runs do not count; none: no run has ended yet.",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"none", "succeeded", "failed", "cancelled"}))
  @QueryParam("lastOutcome")
  String lastOutcome;

  @Parameter(
      description =
          "Words of 2 to 64 characters, separated by white space. Only jobs where each word stands"
              + " somewhere in the id, the name, a tag or the target's URL, in upper or lower case.",
      example = "billing nightly",
      schema = @Schema(type = SchemaType.STRING, pattern = "\\s*\\S{2,64}(\\s+\\S{2,64})*\\s*"))
  @QueryParam("q")
  String q;

  JobFilter read(Parameters query) {
    return new JobFilter(
        query.tags("tag", tag),
        query.word("state", state, JobState.class),
        query.word("lastOutcome", lastOutcome, LastOutcome.class),
        Optional.ofNullable(namePrefix),
        query.words("q", q));
  }

  /** At least one filter: what is asked for must not happen to every job there is. */
  JobFilter readSome(Parameters query) {
    if (tag.isEmpty() && Stream.of(state, namePrefix, lastOutcome, q).allMatch(Objects::isNull)) {
      query.add("tag", Codes.REQUIRED, "At least one filter is required, such as a tag.");
    }
    return read(query);
  }
}
