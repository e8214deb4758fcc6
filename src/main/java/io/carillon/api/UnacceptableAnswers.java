package io.carillon.api;

import io.carillon.api.problem.ProblemKind;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a request, before anything is done, whose client does not accept what it would be
 * answered with. The framework pays no attention to weights.
 */
@Provider
public final class UnacceptableAnswers implements ContainerRequestFilter {

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> accept = request.getHeaders().get(HttpHeaders.ACCEPT);
    if (accept == null) {
      return;
    }
    AcceptedTypes accepted = AcceptedTypes.read(accept);
    List<String> offered = offered();
    if (!offered.isEmpty()
        && offered.stream().map(MediaType::valueOf).noneMatch(accepted::include)) {
      throw ProblemKind.NOT_ACCEPTABLE.problem(
          "The header Accept excludes " + String.join(", ", offered) + ".");
    }
  }

  private List<String> offered() {
    return Optional.ofNullable(resource.getResourceMethod().getAnnotation(Produces.class))
        .or(() -> Optional.ofNullable(resource.getResourceClass().getAnnotation(Produces.class)))
        .map(produces -> Arrays.asList(produces.value()))
        .orElse(List.of());
  }
}
