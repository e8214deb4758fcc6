package io.carillon.api.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problems that the service answers with (RFC 9457); each has a page of its own. */
public enum ProblemKind {
  MALFORMED_JSON(
      400,
      "Malformed JSON",
      "The body is not JSON (RFC 8259). The detail says what is wrong, and at which line and column."),
  MALFORMED_DOCUMENT(
      400,
      "Malformed document",
      "The body is JSON, but has members that are unknown, repeated, read-only or of a wrong type."
          + " Every violation is listed in errors, impossible values included."),
  INVALID_PARAMETER(
      400,
      "Invalid parameter",
      "A parameter in the path, the query or the headers is unknown, malformed or out of range."
          + " Every violation is listed in errors."),
  BAD_REQUEST(400, "Malformed request", "The request line or a header field is malformed."),
  UNAUTHENTICATED(401, "Authentication required", "The request does not carry valid credentials."),
  FORBIDDEN(403, "Forbidden", "The credentials do not permit this request."),
  NOT_FOUND(404, "Not found", "The resource does not exist; it may have been deleted."),
  METHOD_NOT_ALLOWED(
      405,
      "Method not allowed",
      "The path does not have this method; the header Allow lists those it has."),
  NOT_ACCEPTABLE(
      406, "Not acceptable", "The header Accept excludes every media type of the answer."),
  CONFLICT(409, "Conflict", "The present state of the resource does not permit this request."),
  PRECONDITION_FAILED(
      412,
      "Precondition failed",
      "If-Match or If-None-Match does not hold: the job was changed, created or deleted meanwhile."
          + " Read it, and repeat the request with its present ETag."),
  TOO_LARGE(413, "Content too large", "The body exceeds the limit, which the detail names."),
  URI_TOO_LONG(414, "URI too long", "The path and the query together exceed 8,000 octets."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Unsupported media type",
      "The body must be JSON, with Content-Type: application/json, and must not be compressed."),
  INVALID_DOCUMENT(
      422,
      "Invalid document",
      "The body has the right form, but holds impossible values. Every violation is listed in"
          + " errors."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "Idempotency key reused",
      "The Idempotency-Key belongs to another request of the last 24 hours. A key is for one request"
          + " and its repetitions."),
  TOO_MANY_REQUESTS(
      429,
      "Too many requests",
      "The limit of requests is reached; repeat the request after as many seconds as Retry-After"
          + " says."),
  HEADERS_TOO_LARGE(
      431, "Header fields too large", "The header fields together exceed 20,000 octets."),
  INTERNAL_ERROR(
      500,
      "Internal error",
      "The service failed unexpectedly; its log tells more. Whether the request took effect is"
          + " unknown."),
  STORE_UNAVAILABLE(
      503,
      "Store unavailable",
      "Redis does not answer, and whether the request took effect is unknown; or it is at its memory"
          + " limit, and the request had no effect. The detail tells which. Repeat the request after"
          + " as many seconds as Retry-After says.");

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
