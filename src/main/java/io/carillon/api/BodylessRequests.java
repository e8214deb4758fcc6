package io.carillon.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Removes the media type and the coding of a body that is not there: {@code curl -d ''} and many a
 * library name one anyway, and where the body is optional it must not matter.
 */
@Provider
@PreMatching
public final class BodylessRequests implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    boolean chunked = request.getHeaderString("Transfer-Encoding") != null;
    if (!chunked && (length == null || length.equals("0"))) {
      request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
      request.getHeaders().remove(HttpHeaders.CONTENT_ENCODING);
    }
  }
}
