package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.SelfChecking;
import io.carillon.api.json.Violations;
import io.carillon.job.Guard;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Who is asked before each run, as it is written in JSON. */
@Schema(
    name = "Guard",
    description = "Asked before each run's first attempt; any answer but 2xx skips the run.")
public record GuardDocument(
    @NotNull(message = "a URL is required")
        @Schema(required = true, examples = "https://example.com/may-i")
        URI url,
    @DurationMin(millis = 100, message = "must be at least PT0.1S")
        @DurationMax(minutes = 30, message = "must be at most PT30M")
        @Schema(description = "PT0.1S to PT30M.", defaultValue = "PT5S")
        Duration timeout)
    implements Document, SelfChecking {

  static GuardDocument of(Guard guard) {
    return new GuardDocument(guard.url(), guard.timeout());
  }

  Guard toGuard() {
    return new Guard(url, Given.orElse(timeout, Guard.DEFAULT_TIMEOUT));
  }

  @Override
  public void check(Pointer at, Violations found) {
    WebUrls.check(url, at.member("url"), found);
  }
}
