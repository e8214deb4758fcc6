package io.carillon.api.job;

import io.carillon.api.Payloads;
import io.carillon.api.json.Codes;
import io.carillon.api.json.Document;
import io.carillon.api.json.Json;
import io.carillon.api.json.JsonReader;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.SelfChecking;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import io.carillon.job.StatusPattern;
import io.carillon.job.Target;
import io.carillon.job.Target.Body;
import io.carillon.job.Target.Completion;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where and how a job's webhook is rung, as it is written in JSON. */
@Schema(name = "Target", description = "Where and how the webhook is rung.")
public record TargetDocument(
    @NotNull(message = "a URL is required")
        @Schema(
            required = true,
            description =
                "Absolute, http or https, without user and password. International names in their"
                    + " xn-- form, IPv4 addresses as four decimal numbers.",
            examples = "https://example.com/hook")
        URI url,
    @Pattern(
            regexp = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS",
            message = "must be GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS")
        @Schema(defaultValue = "POST")
        String method,
    @Schema(
            description =
                "Added to those of Carillon; none of the connection's, webhook-* or carillon-*.")
        Map<String, String> headers,
    @Schema(
            description =
                "Sent as it is instead of Carillon's own body: a string as text/plain, anything"
                    + " else as application/json. At most 256 KiB in UTF-8, 60 levels deep.")
        Json body,
    @DurationMin(millis = 100, message = "must be at least PT0.1S")
        @DurationMax(minutes = 30, message = "must be at most PT30M")
        @Schema(description = "For the whole exchange, PT0.1S to PT30M.", defaultValue = "PT15S")
        Duration timeout,
    @Size(min = 1, max = 50, message = "must hold 1 to 50 statuses")
        @Schema(
            description = "Which answers end a run well.",
            examples = "[\"2xx\"]",
            defaultValue = "[\"2xx\"]")
        List<
                @Pattern(
                    regexp = "[1-5](\\d\\d|xx)",
                    message = "must be a status such as 204 or 2xx")
                String>
            success,
    @Schema(
            description = "What ends a run: the answer, or the receiver's later report.",
            defaultValue = "response")
        Completion completion,
    @DurationMin(seconds = 1, message = "must be at least PT1S")
        @DurationMax(days = 30, message = "must be at most P30D")
        @Schema(
            description = "How long the receiver may take to report, PT1S to P30D.",
            defaultValue = "PT1H")
        Duration completionTimeout,
    @Schema(
            description =
                "Signs the webhook: whsec_ and 24 to 64 bytes in base64, or \"generate\". Answers"
                    + " show whsec_****, and that value keeps the stored secret.",
            examples = "generate")
        String signingSecret)
    implements Document, SelfChecking {

  private static final String DEFAULT_METHOD = "POST";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration DEFAULT_COMPLETION_TIMEOUT = Duration.ofHours(1);
  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  static TargetDocument of(Target target, Optional<String> shownSecret) {
    return new TargetDocument(
        target.url(),
        target.method(),
        new TreeMap<>(target.headers()),
        target.body().map(TargetDocument::json).orElse(null),
        target.timeout(),
        target.success().stream().map(StatusPattern::text).toList(),
        target.completion(),
        target.completionTimeout(),
        shownSecret.orElse(null));
  }

  /** The target that is meant, signed with a given secret. */
  Target toTarget(Optional<String> secret) {
    return new Target(
        url,
        Given.orElse(method, DEFAULT_METHOD),
        Given.orElse(headers, Map.of()),
        Optional.ofNullable(body).map(TargetDocument::body),
        Given.orElse(timeout, DEFAULT_TIMEOUT),
        success == null
            ? List.of(StatusPattern.SUCCESSFUL)
            : success.stream().map(StatusPattern::new).toList(),
        Given.orElse(completion, Completion.RESPONSE),
        Given.orElse(completionTimeout, DEFAULT_COMPLETION_TIMEOUT),
        secret);
  }

  @Override
  public void check(Pointer at, Violations found) {
    WebUrls.check(url, at.member("url"), found);
    HeaderRules.check(headers, at.member("headers"), found);
    Payloads.check(body, at.member("body"), found);
    if (signingSecret != null
        && !signingSecret.equals(Secrets.MASK)
        && !signingSecret.equals(Secrets.GENERATE)
        && !Secrets.isWellFormed(signingSecret)) {
      found.add(
          Violation.ofValue(
              at.member("signingSecret"),
              Codes.MALFORMED,
              "must be whsec_ and 24 to 64 bytes in base64, or \"generate\""));
    }
  }

  private static Body body(Json json) {
    return new Body(
        Payloads.text(json), json instanceof Json.Str ? PLAIN_TEXT : "application/json");
  }

  private static Json json(Body body) {
    return body.contentType().equals(PLAIN_TEXT)
        ? new Json.Str(body.content())
        : JsonReader.read(body.content());
  }
}
