package io.carillon.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** What tests ask of a running service. */
public final class ServiceClient {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Eventually.BOUND).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> REPEATABLE = Set.of("GET", "PUT", "PATCH");
  private static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(1);

  private final ServiceProcess service;

  ServiceClient(ServiceProcess service) {
    this.service = service;
  }

  /** Whether it answers that it is ready; a service that is not there yet is not. */
  public boolean isReady() {
    try {
      return exchange(to("/q/health/ready").GET()).statusCode() == 200;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Registers a job under an id, or replaces it. */
  public JsonNode put(String id, JobRequest job) {
    return answer(to("/v1/jobs/" + id).PUT(BodyPublishers.ofString(job.json())), 200, 201);
  }

  /** Asks for something that is there. */
  public JsonNode get(String path) {
    return answer(to(path).GET(), 200);
  }

  /** Whether there is something at this path. */
  public boolean has(String path) {
    return !answer(to(path).GET(), 200, 404).path("status").asText().equals("404");
  }

  /** Deletes something that is there. */
  public void delete(String path) {
    answer(to(path).DELETE(), 204);
  }

  /** Posts JSON that is to be accepted. */
  public JsonNode post(String path, String json) {
    return answer(to(path).POST(BodyPublishers.ofString(json)), 200, 201, 202);
  }

  /** Changes something that is there by a merge patch. */
  public JsonNode patch(String path, String json) {
    return answer(to(path).method("PATCH", BodyPublishers.ofString(json)), 200);
  }

  /** The text of something that is no JSON, such as the metrics. */
  public String text(String path) {
    try {
      return exchange(to(path).header("accept", "text/plain").GET()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a stream of events, which stays open until it or the service is closed. */
  public InputStream stream(String path) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(service.url(path))
                  .header("accept", "text/event-stream")
                  .build(),
              BodyHandlers.ofInputStream())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while opening a stream", e);
    }
  }

  private JsonNode answer(HttpRequest.Builder request, int... expected) {
    try {
      HttpResponse<String> response = exchangePatiently(request);
      for (int status : expected) {
        if (response.statusCode() == status) {
          return JSON.readTree(response.body());
        }
      }
      throw new IllegalStateException(
          response.request().method()
              + " "
              + response.uri()
              + " was answered "
              + response.statusCode()
              + ": "
              + response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(service.url(path))
        .timeout(Eventually.BOUND)
        .header("content-type", "application/json");
  }

  /**
   * What Redis was too slow for is asked again as the answer says, unless it would be done twice.
   */
  private HttpResponse<String> exchangePatiently(HttpRequest.Builder request) throws IOException {
    Instant end = Instant.now().plus(Eventually.BOUND);
    HttpResponse<String> response = exchange(request);
    while (response.statusCode() == 503
        && REPEATABLE.contains(response.request().method())
        && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(AFTER_A_REFUSAL.toNanos());
      response = exchange(request);
    }
    return response;
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the service", e);
    }
  }
}
