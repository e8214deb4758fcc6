package io.carillon.api.problem;

import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.MalformedJson;
import io.carillon.api.json.Quoted;
import io.carillon.api.json.Violation.Grade;
import io.carillon.engine.StoreUnavailable;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.Optional;

/** What callers are told about the exceptions that are expected. */
public final class Problems {

  /** How long to stay away from a store that does not answer, in seconds. */
  private static final int RETRY_AFTER = 1;

  /** The same for one that is full: somebody has to make room. */
  private static final int RETRY_AFTER_WHEN_FULL = 10;

  private Problems() {}

  /** Empty when the exception is a surprise. */
  public static Optional<HttpProblem> of(RuntimeException exception) {
    if (exception instanceof HttpProblem problem) {
      return Optional.of(problem);
    } else if (exception instanceof InvalidDocument invalid) {
      return Optional.of(of(invalid));
    } else if (exception instanceof MalformedJson malformed) {
      return Optional.of(ProblemKind.MALFORMED_JSON.problem(malformed.getMessage()));
    } else if (exception instanceof StoreUnavailable unavailable) {
      return Optional.of(of(unavailable));
    }
    return Optional.empty();
  }

  private static HttpProblem of(StoreUnavailable unavailable) {
    return unavailable.full()
        ? unavailable(
            "Redis is at its memory limit and takes nothing new; the request had no effect.",
            RETRY_AFTER_WHEN_FULL)
        : unavailable(
            "Redis did not answer in time, or refused the command; whether the request took"
                + " effect is unknown.",
            RETRY_AFTER);
  }

  private static HttpProblem unavailable(String detail, int retryAfter) {
    return ProblemKind.STORE_UNAVAILABLE
        .builder(detail)
        .withHeader("Retry-After", retryAfter)
        .build();
  }

  /** One or more parameters are wrong. */
  public static HttpProblem invalidParameters(List<ErrorDocument> errors) {
    return ProblemKind.INVALID_PARAMETER
        .builder(errors.get(0).detail())
        .with("errors", errors)
        .build();
  }

  /**
   * The body is compressed or otherwise encoded; the answer tells what would do (RFC 9110, 12.5.3).
   */
  public static HttpProblem unsupportedCoding(String coding) {
    return ProblemKind.UNSUPPORTED_MEDIA_TYPE
        .builder(
            "The content coding "
                + Quoted.of(coding)
                + " is not supported; the body must be sent as it is.")
        .withHeader("Accept-Encoding", "identity")
        .build();
  }

  public static HttpProblem absentJob(String id) {
    return ProblemKind.NOT_FOUND.problem("Job " + id + " does not exist.");
  }

  public static HttpProblem absentRun(String jobId, String runId) {
    return ProblemKind.NOT_FOUND.problem("Run " + runId + " of job " + jobId + " does not exist.");
  }

  private static HttpProblem of(InvalidDocument invalid) {
    ProblemKind kind =
        invalid.grade() == Grade.FORM
            ? ProblemKind.MALFORMED_DOCUMENT
            : ProblemKind.INVALID_DOCUMENT;
    int violations = invalid.violations().size();
    String detail =
        violations == 1
            ? "At " + invalid.getMessage() + "."
            : violations + " violations; each is listed in errors.";
    return kind.builder(detail)
        .with("errors", invalid.violations().stream().map(ErrorDocument::of).toList())
        .build();
  }
}
