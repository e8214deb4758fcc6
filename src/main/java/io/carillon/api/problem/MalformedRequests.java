package io.carillon.api.problem;

import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Refuses requests whose target or head is malformed or too long, before any handler acts on them,
 * and answers what the router itself refuses. The framework would answer some of these without a
 * body, and others with its own; what is no HTTP at all it still answers so, and closes the
 * connection.
 */
@Singleton
class MalformedRequests {

  private static final Logger LOG = Logger.getLogger(MalformedRequests.class);

  /** RFC 9110, 4.1, asks servers to support at least this. */
  private static final int LONGEST_TARGET = 8_000;

  /** Names and values together, in octets. */
  private static final int LARGEST_HEAD = 20_000;

  /** Of the path, in octets as they were sent. */
  private static final int LONGEST_INSTANCE = 200;

  /**
   * Of filters the highest is first; behind the one that lets bodies flow away that nobody read.
   */
  private static final int EARLY = 900;

  void check(@Observes Filters filters) {
    filters.register(
        request -> {
          Optional<String> fault = RequestTarget.fault(request.request().uri());
          if (request.request().uri().length() > LONGEST_TARGET) {
            refuse(request, ProblemKind.URI_TOO_LONG, "The URI exceeds 8,000 octets.");
          } else if (size(request.request().headers()) > LARGEST_HEAD) {
            refuse(
                request, ProblemKind.HEADERS_TOO_LARGE, "The header fields exceed 20,000 octets.");
          } else if (fault.isPresent()) {
            refuse(request, ProblemKind.BAD_REQUEST, fault.get());
          } else {
            request.next();
          }
        },
        EARLY);
  }

  void answerFailures(@Observes Router router) {
    router.route().order(-EARLY).failureHandler(MalformedRequests::answer);
  }

  private static void answer(RoutingContext request) {
    int status = request.statusCode();
    if (request.response().headWritten() || status == 401 || status == 403) {
      request.next();
      return;
    }
    ProblemKind kind = ProblemKind.ofStatus(status);
    if (kind == ProblemKind.INTERNAL_ERROR) {
      LOG.errorf(request.failure(), "request failed path=%s", request.request().path());
    }
    refuse(request, kind, detail(kind, request.request()));
    discardBody(request.request());
  }

  private static String detail(ProblemKind kind, HttpServerRequest request) {
    if (kind != ProblemKind.BAD_REQUEST) {
      return kind.meaning();
    }
    return RequestTarget.fault(request.uri())
        .orElse(
            request.authority() == null
                ? "The header Host is missing or malformed."
                : kind.meaning());
  }

  private static int size(MultiMap headers) {
    int size = 0;
    for (Map.Entry<String, String> header : headers) {
      size += header.getKey().length() + header.getValue().length();
    }
    return size;
  }

  private static void refuse(RoutingContext request, ProblemKind kind, String detail) {
    ProblemDocument problem =
        new ProblemDocument(
            kind.type(), kind.title(), kind.status(), detail, instance(request.request()), null);
    request
        .response()
        .setStatusCode(kind.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(JsonText.of(Rendering.of(problem)));
  }

  private static URI instance(HttpServerRequest request) {
    String target = request.uri();
    return URI.create(
        RequestTarget.path(target.substring(0, Math.min(target.length(), LONGEST_INSTANCE))));
  }

  private static void discardBody(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.handler(unread -> {}).resume();
    }
  }
}
