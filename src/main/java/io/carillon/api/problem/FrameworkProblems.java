package io.carillon.api.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the framework's problems (no such path, no such method) in the service's own words. */
@ApplicationScoped
public class FrameworkProblems implements ProblemPostProcessor {

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    if (problem.getType() != null) {
      return problem;
    }
    ProblemKind kind = ProblemKind.ofStatus(problem.getStatusCode());
    HttpProblem.Builder named =
        HttpProblem.builder()
            .withType(kind.type())
            .withTitle(kind.title())
            .withStatus(problem.getStatusCode())
            .withDetail(kind.meaning())
            .withInstance(problem.getInstance());
    problem.getHeaders().forEach(named::withHeader);
    return named.build();
  }

  /** Before the problem is logged. */
  @Override
  public int priority() {
    return 110;
  }
}
