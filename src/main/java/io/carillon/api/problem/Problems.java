package io.carillon.api.problem;

import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.MalformedJson;
import io.carillon.api.json.Violation.Grade;
import io.carillon.engine.StoreUnavailable;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.Optional;

/** What callers are told about the exceptions that are expected. */
public final class Problems {

  /** How long to stay away from a store that does not answer, in seconds. */
  private static final int RETRY_AFTER = 1;

  private Problems() {}

  /** Empty when the exception is a surprise. */
  public static Optional<HttpProblem> of(RuntimeException exception) {
    if (exception instanceof HttpProblem problem) {
      return Optional.of(problem);
    } else if (exception instanceof InvalidDocument invalid) {
      return Optional.of(of(invalid));
    } else if (exception instanceof MalformedJson malformed) {
      return Optional.of(ProblemKind.MALFORMED_JSON.problem(malformed.getMessage()));
    } else if (exception instanceof StoreUnavailable) {
      return Optional.of(
          ProblemKind.STORE_UNAVAILABLE
              .builder(
                  "The store did not answer in time, or cannot do this at present; whether it did what"
                      + " was asked is unknown.")
              .withHeader("Retry-After", RETRY_AFTER)
              .build());
    }
    return Optional.empty();
  }

  /** One or more parameters are wrong. */
  public static HttpProblem invalidParameters(List<ErrorDocument> errors) {
    return ProblemKind.INVALID_PARAMETER
        .builder(errors.get(0).detail())
        .with("errors", errors)
        .build();
  }

  private static HttpProblem of(InvalidDocument invalid) {
    ProblemKind kind =
        invalid.grade() == Grade.FORM
            ? ProblemKind.MALFORMED_DOCUMENT
            : ProblemKind.INVALID_DOCUMENT;
    int faults = invalid.violations().size();
    String detail =
        faults == 1
            ? "At " + invalid.getMessage() + "."
            : faults + " faults were found; each is listed in errors.";
    return kind.builder(detail)
        .with("errors", invalid.violations().stream().map(ErrorDocument::of).toList())
        .build();
  }
}
