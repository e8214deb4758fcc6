package io.carillon.api;

import io.carillon.api.problem.AllowedMethods;
import io.carillon.api.problem.ProblemKind;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Refuses a method that a path such as {@code /v1/jobs/batch} does not have. The framework would
 * take its last word for the id of a job, and look for the method there.
 */
@Provider
@PreMatching
public final class ReservedPaths implements ContainerRequestFilter {

  private final AllowedMethods allowed;
  private final CurrentVertxRequest current;

  ReservedPaths(AllowedMethods allowed, CurrentVertxRequest current) {
    this.allowed = allowed;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String path = current.getCurrent().normalizedPath();
    if (!JobIds.isReserved(lastWord(path))) {
      return;
    }
    String methods = allowed.of(path);
    if (!methods.isEmpty() && !Set.of(methods.split(", ")).contains(request.getMethod())) {
      ProblemKind kind = ProblemKind.METHOD_NOT_ALLOWED;
      throw HttpProblem.builder(kind.problem(kind.meaning()))
          .withHeader(HttpHeaders.ALLOW, methods)
          .build();
    }
  }

  private static String lastWord(String path) {
    String named = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return named.substring(named.lastIndexOf('/') + 1);
  }
}
