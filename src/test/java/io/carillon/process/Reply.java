package io.carillon.process;

import io.carillon.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Any answer of a service, also of one in trouble.
 *
 * @param replayed whether it is that of an earlier request with the same idempotency key
 * @param took from the request to the last byte
 */
record Reply(
    int status, Optional<String> retryAfter, boolean replayed, String body, Duration took) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Eventually.BOUND).build();

  static Reply get(ServiceProcess service, String path) {
    return to(HttpRequest.newBuilder(service.url(path)).GET());
  }

  static Reply put(ServiceProcess service, String id, JobRequest job) {
    return to(
        HttpRequest.newBuilder(service.url("/v1/jobs/" + id))
            .header("content-type", "application/json")
            .PUT(BodyPublishers.ofString(job.json())));
  }

  static Reply patch(ServiceProcess service, String path, String json) {
    return to(
        HttpRequest.newBuilder(service.url(path))
            .header("content-type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  /** Posts JSON under an idempotency key. */
  static Reply post(ServiceProcess service, String path, String key, String json) {
    return to(
        HttpRequest.newBuilder(service.url(path))
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .POST(BodyPublishers.ofString(json)));
  }

  private static Reply to(HttpRequest.Builder request) {
    Instant asked = Instant.now();
    try {
      HttpResponse<String> response =
          HTTP.send(request.timeout(Eventually.BOUND).build(), BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          response.headers().firstValue("retry-after"),
          response.headers().firstValue("idempotency-replayed").filter("true"::equals).isPresent(),
          response.body(),
          Duration.between(asked, Instant.now()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the service", e);
    }
  }
}
