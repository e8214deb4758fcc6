package io.carillon.api;

import io.carillon.api.problem.AllowedMethods;
import io.carillon.api.problem.ProblemKind;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers {@code OPTIONS} with the methods that the path has. The framework would name those of all
 * paths of a resource.
 */
@Provider
@PreMatching
public final class OptionsRequests implements ContainerRequestFilter {

  private final AllowedMethods allowed;
  private final CurrentVertxRequest current;

  OptionsRequests(AllowedMethods allowed, CurrentVertxRequest current) {
    this.allowed = allowed;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals(HttpMethod.OPTIONS)) {
      String methods = allowed.of(current.getCurrent().normalizedPath());
      if (methods.isEmpty()) {
        throw ProblemKind.NOT_FOUND.problem(ProblemKind.NOT_FOUND.meaning());
      }
      request.abortWith(Response.ok().header(HttpHeaders.ALLOW, methods).build());
    }
  }
}
