package io.carillon.api;

import io.carillon.api.problem.Problems;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Refuses compressed bodies: a small one can become a large one, and webhooks are small. */
@Provider
public final class EncodedBodies implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    Optional<String> coding =
        codings(request, HttpHeaders.CONTENT_ENCODING, "identity")
            .or(() -> codings(request, "Transfer-Encoding", "chunked"));
    if (coding.isPresent()) {
      throw Problems.unsupportedCoding(coding.get());
    }
  }

  /** The first coding other than the one that changes nothing. */
  private static Optional<String> codings(
      ContainerRequestContext request, String header, String harmless) {
    List<String> lines = request.getHeaders().getOrDefault(header, List.of());
    return lines.stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .map(String::strip)
        .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(harmless))
        .findFirst();
  }
}
