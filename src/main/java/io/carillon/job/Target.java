package io.carillon.job;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how a job's webhook is rung.
 *
 * @param url http or https
 * @param method an HTTP method in capitals
 * @param headers sent as they are, besides Carillon's own
 * @param body sent instead of Carillon's own body
 * @param timeout for the whole exchange, connecting included; 100 ms to 30 min
 * @param success which answers end a run well: {@code 2xx} or {@code 204}
 * @param completion what ends a run: the answer, or the receiver's later report
 * @param completionTimeout how long the receiver may take to report
 * @param signingSecret what signs the webhook; never shown again
 */
public record Target(
    URI url,
    String method,
    Map<String, String> headers,
    Optional<Body> body,
    Duration timeout,
    List<StatusPattern> success,
    Completion completion,
    Duration completionTimeout,
    Optional<String> signingSecret) {

  public Target {
    headers = Map.copyOf(headers);
    success = List.copyOf(success);
  }

  /** What ends a run. */
  public enum Completion implements Worded {
    RESPONSE,
    CALLBACK
  }

  /**
   * A body given with the job.
   *
   * @param content the bytes to send, as text
   * @param contentType their media type
   */
  public record Body(String content, String contentType) {}

  /** Whether an answer with this status ends the run well. */
  public boolean succeedsWith(int status) {
    return success.stream().anyMatch(pattern -> pattern.matches(status));
  }
}
