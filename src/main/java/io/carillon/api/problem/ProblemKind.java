package io.carillon.api.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problems that the service answers with (RFC 9457); each has a page of its own. */
public enum ProblemKind {
  MALFORMED_JSON(
      400, "The body is not JSON", "The body cannot be read as JSON; detail tells why and where."),
  MALFORMED_DOCUMENT(
      400,
      "The document is not of the right form",
      "The body is JSON, but has members that are unknown, repeated, read-only or of a wrong type."
          + " Every fault is listed in errors, impossible values included."),
  INVALID_PARAMETER(
      400,
      "A parameter is invalid",
      "Something in the path, the query or the headers is unknown, malformed or out of range."
          + " Every fault is listed in errors."),
  BAD_REQUEST(400, "The request is malformed", "The request cannot be understood."),
  UNAUTHENTICATED(401, "Who are you?", "The request carries no valid credentials."),
  FORBIDDEN(403, "This is not allowed", "The credentials do not allow what was asked for."),
  NOT_FOUND(
      404, "There is no such thing", "Nothing is known by that name; it may have been deleted."),
  METHOD_NOT_ALLOWED(
      405, "The method is not allowed", "The header Allow lists what can be done here instead."),
  NOT_ACCEPTABLE(
      406, "No acceptable answer", "The header Accept excludes every media type there is here."),
  CONFLICT(409, "It cannot be done now", "The present state of things does not allow it."),
  PRECONDITION_FAILED(
      412,
      "It is not as you think",
      "If-Match or If-None-Match does not hold: somebody changed, made or deleted it. Read it again."),
  TOO_LARGE(413, "The body is too large", "Send less at a time."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "The media type is not supported", "Send JSON, with Content-Type: application/json."),
  INVALID_DOCUMENT(
      422,
      "The document is impossible",
      "The body is of the right form, but what it says cannot be. Every fault is listed in errors."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The Idempotency-Key belongs to another request",
      "Under this key another request was made within the last 24 hours. A key is for one request and"
          + " its repetitions."),
  TOO_MANY_REQUESTS(429, "Too many requests", "Wait as long as Retry-After says."),
  INTERNAL_ERROR(
      500,
      "Something unexpected happened",
      "The fault is the service's; its log tells more. Whether the request took effect is unknown."),
  STORE_UNAVAILABLE(
      503,
      "The store does not answer",
      "Redis cannot be reached. What was asked for may or may not have been done; try again after as"
          + " many seconds as Retry-After says.");

  private final int status;
  private final String title;
  private final String meaning;

  ProblemKind(int status, String title, String meaning) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
  }

  /** The last part of its URI. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The URI of its page, relative to the service. */
  public URI type() {
    return URI.create("/problems/" + word());
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String meaning() {
    return meaning;
  }

  /** A problem of this kind, to be thrown. */
  public HttpProblem problem(String detail) {
    return builder(detail).build();
  }

  HttpProblem.Builder builder(String detail) {
    return HttpProblem.builder()
        .withType(type())
        .withTitle(title)
        .withStatus(status)
        .withDetail(detail);
  }

  /** The kind that a word names. */
  static Optional<ProblemKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** The general kind for a status; for one that has none, the nearest that is true. */
  static ProblemKind ofStatus(int status) {
    if (status == 400) {
      return BAD_REQUEST;
    }
    return Arrays.stream(values())
        .filter(kind -> kind.status == status)
        .findFirst()
        .orElse(status < 500 ? BAD_REQUEST : INTERNAL_ERROR);
  }
}
