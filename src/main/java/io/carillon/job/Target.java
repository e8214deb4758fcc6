package io.carillon.job;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param retiredSecret the secret before this one, as long as it signs too
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
    Optional<String> signingSecret,
    Optional<RetiredSecret> retiredSecret) {

  /** For how long a secret goes on signing beside the one that has taken its place. */
  public static final Duration ROTATION = Duration.ofHours(24);

  public Target {
    headers = Map.copyOf(headers);
    success = List.copyOf(success);
  }

  /** A target whose secret, if any, is its first. */
  public Target(
      URI url,
      String method,
      Map<String, String> headers,
      Optional<Body> body,
      Duration timeout,
      List<StatusPattern> success,
      Completion completion,
      Duration completionTimeout,
      Optional<String> signingSecret) {
    this(
        url,
        method,
        headers,
        body,
        timeout,
        success,
        completion,
        completionTimeout,
        signingSecret,
        Optional.empty());
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

  /**
   * A secret that another one has taken the place of.
   *
   * @param until when it ceases to sign
   */
  public record RetiredSecret(String secret, Instant until) {}

  /** This target with a secret that signs besides. */
  public Target retiring(Optional<RetiredSecret> retired) {
    return new Target(
        url,
        method,
        headers,
        body,
        timeout,
        success,
        completion,
        completionTimeout,
        signingSecret,
        retired);
  }

  /** This target in the place of another: a secret that has changed goes on signing for a while. */
  public Target inPlaceOf(Target former, Instant now) {
    if (signingSecret.isEmpty() || signingSecret.equals(former.signingSecret)) {
      return retiring(signingSecret.isEmpty() ? Optional.empty() : former.retiredSecret);
    }
    return retiring(
        former.signingSecret.map(secret -> new RetiredSecret(secret, now.plus(ROTATION))));
  }

  /** The secrets that sign at an instant, the present one first. */
  public List<String> secretsAt(Instant instant) {
    return Stream.concat(
            signingSecret.stream(),
            retiredSecret
                .filter(retired -> instant.isBefore(retired.until()))
                .map(RetiredSecret::secret)
                .stream())
        .toList();
  }

  /** Whether an answer with this status ends the run well. */
  public boolean succeedsWith(int status) {
    return success.stream().anyMatch(pattern -> pattern.matches(status));
  }
}
