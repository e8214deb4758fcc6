package io.carillon.api.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells the framework's problems (no such path, no such method) in the service's own words. */
@ApplicationScoped
public class FrameworkProblems implements ProblemPostProcessor {

  private static final Logger LOG = Logger.getLogger(FrameworkProblems.class);

  private final AllowedMethods allowed;
  private final CurrentVertxRequest current;

  FrameworkProblems(AllowedMethods allowed, CurrentVertxRequest current) {
    this.allowed = allowed;
    this.current = current;
  }

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    if (problem.getType() != null) {
      return problem;
    }
    ProblemKind kind = ProblemKind.ofStatus(problem.getStatusCode());
    HttpProblem.Builder named = kind.builder(kind.meaning()).withInstance(problem.getInstance());
    problem.getHeaders().forEach(named::withHeader);
    if (kind == ProblemKind.METHOD_NOT_ALLOWED) {
      named.withHeader("Allow", allowed.of(current.getCurrent().normalizedPath()));
    } else if (kind == ProblemKind.INTERNAL_ERROR) {
      LOG.errorf(context.cause, "request failed path=%s", context.path);
    }
    return named.build();
  }
}
