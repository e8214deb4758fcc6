package io.carillon.webhook;

import io.vertx.core.http.RequestOptions;
import java.net.IDN;
import java.net.URI;

/**
 * Where a request goes.
 *
 * @param host as it stands in the Host field; an IPv6 address in brackets
 * @param path with the query, in ASCII
 */
record Address(boolean encrypted, String host, int port, String path) {

  /**
   * @throws IllegalArgumentException when no host can be read from {@code url}
   */
  static Address of(URI url) {
    boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
    String host = url.getHost();
    int port = url.getPort();
    if (host == null) {
      // java.net.URI reads neither my_service nor bücher.example as a host, though both exist.
      String authority = String.valueOf(url.getRawAuthority());
      String name = authority.substring(authority.indexOf('@') + 1);
      int colon = name.lastIndexOf(':');
      host = IDN.toASCII(colon < 0 ? name : name.substring(0, colon));
      port = colon < 0 ? -1 : Integer.parseInt(name.substring(colon + 1));
    }
    if (port < 0) {
      port = encrypted ? 443 : 80;
    }
    return new Address(encrypted, host, port, path(url));
  }

  RequestOptions request() {
    return new RequestOptions().setSsl(encrypted).setHost(host).setPort(port).setURI(path);
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
