package io.carillon.api.problem;

import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Problems of requests that fail before any resource sees them, such as a path with a broken
 * escape.
 */
@Singleton
class RouterProblems {

  private static final List<Integer> STATUSES = List.of(400, 404, 405, 413, 414, 415, 431, 500);

  void answer(@Observes Router router) {
    STATUSES.forEach(status -> router.errorHandler(status, RouterProblems::answer));
  }

  private static void answer(RoutingContext request) {
    int status = request.statusCode() < 400 ? 500 : request.statusCode();
    if (request.response().headWritten()) {
      return;
    }
    ProblemKind kind = ProblemKind.ofStatus(status);
    HttpProblem problem = kind.builder(kind.meaning()).withStatus(status).build();
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", HttpProblem.MEDIA_TYPE.toString())
        .end(JsonText.of(Rendering.of(ProblemDocument.of(problem))));
  }
}
