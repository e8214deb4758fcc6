package io.carillon.api.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.carillon.api.json.Document;
import io.carillon.job.Job;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A job as answers show it. */
@Schema(name = "Job", description = "A registered job as it stands.")
public record JobView(@JsonUnwrapped JobDocument definition, @JsonUnwrapped JobStanding standing)
    implements Document {

  /** With its secret masked. */
  public static JobView of(Job job) {
    return of(job, Secrets.masked(job.definition()));
  }

  /** With the secret that was made for it: the only time that it is shown. */
  static JobView revealing(Job job) {
    return of(job, job.definition().target().signingSecret());
  }

  private static JobView of(Job job, Optional<String> shownSecret) {
    return new JobView(
        JobDocument.of(job.id(), job.definition(), shownSecret), JobStanding.of(job));
  }
}
