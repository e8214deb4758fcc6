package io.carillon.api.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Names the path of the request in its problem as it was sent. The framework would decode it, and
 * what is decoded need not be a URI reference, which RFC 9457 asks for.
 */
@ApplicationScoped
public class ProblemInstances implements ProblemPostProcessor {

  private final CurrentVertxRequest current;

  ProblemInstances(CurrentVertxRequest current) {
    this.current = current;
  }

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    String path = RequestTarget.path(current.getCurrent().request().uri());
    // The framework's serializer decodes what it is given.
    URI instance = URI.create(URLEncoder.encode(path, StandardCharsets.UTF_8));
    return HttpProblem.builder(problem).withInstance(instance).build();
  }
}
