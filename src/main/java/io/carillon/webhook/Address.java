package io.carillon.webhook;

import io.carillon.job.Endpoint;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/**
 * Where a request goes.
 *
 * @param path with the query, in ASCII
 */
record Address(Endpoint endpoint, String path) {

  /**
   * @throws IllegalArgumentException when no webhook can be sent to {@code url}
   */
  static Address of(URI url) {
    return new Address(Endpoint.of(url), path(url));
  }

  RequestOptions request() {
    return new RequestOptions()
        .setSsl(endpoint.encrypted())
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setURI(path);
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String whole = url.getRawQuery() == null ? path : path + '?' + url.getRawQuery();
    for (int i = 0; i < whole.length(); i++) {
      if (whole.charAt(i) > '~') {
        return path(URI.create(url.toASCIIString()));
      }
    }
    return whole;
  }
}
