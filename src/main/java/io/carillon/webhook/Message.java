package io.carillon.webhook;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.Target;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one attempt says to the receiver.
 *
 * @param epochSecond the instant of the attempt
 * @param body empty where the message has none
 */
record Message(TakenRun run, long epochSecond, Optional<Target.Body> body) {

  private static final CharSequence ID = createOptimized("webhook-id");
  private static final CharSequence TIMESTAMP = createOptimized("webhook-timestamp");
  private static final CharSequence SIGNATURE = createOptimized("webhook-signature");
  private static final CharSequence JOB = createOptimized("carillon-job-id");
  private static final CharSequence SCHEDULED_AT = createOptimized("carillon-scheduled-at");
  private static final CharSequence ATTEMPT = createOptimized("carillon-attempt");
  private static final CharSequence TRIGGER = createOptimized("carillon-trigger");

  private static final Set<String> WITHOUT_OWN_BODY =
      Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

  /** They frame the message or belong to the connection, so they are not the job's to set. */
  private static final Set<String> FRAMING =
      caseless(
          "connection",
          "content-length",
          "expect",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  static Message of(TakenRun run, long epochSecond) {
    Target target = run.definition().target();
    if (target.body().isPresent() || WITHOUT_OWN_BODY.contains(target.method())) {
      return new Message(run, epochSecond, target.body());
    }
    Target.Body own = new Target.Body(RunBody.of(run), "application/json");
    return new Message(run, epochSecond, Optional.of(own));
  }

  Optional<Buffer> bytes() {
    return body.map(given -> Buffer.buffer(given.content()));
  }

  void writeHeaders(MultiMap headers, CharSequence userAgent) {
    Target target = run.definition().target();
    headers.set(HttpHeaders.USER_AGENT, userAgent);
    body.ifPresent(given -> headers.set(HttpHeaders.CONTENT_TYPE, given.contentType()));
    for (Map.Entry<String, String> given : target.headers().entrySet()) {
      if (!FRAMING.contains(given.getKey())) {
        headers.set(given.getKey(), given.getValue());
      }
    }
    String id = run.id().toString();
    headers.set(ID, id);
    headers.set(TIMESTAMP, Long.toString(epochSecond));
    headers.set(JOB, run.id().jobId());
    headers.set(SCHEDULED_AT, RunBody.instant(run.scheduledAt()));
    headers.set(ATTEMPT, Integer.toString(run.attempt()));
    headers.set(TRIGGER, run.trigger().word());
    String signed = body.map(Target.Body::content).orElse("");
    String signatures =
        target.secretsAt(Instant.ofEpochSecond(epochSecond)).stream()
            .map(secret -> Signature.of(secret, id, epochSecond, signed))
            .collect(Collectors.joining(" "));
    if (signatures.isEmpty()) {
      // A header given with the job must not pass for a signature.
      headers.remove(SIGNATURE);
    } else {
      headers.set(SIGNATURE, signatures);
    }
  }

  private static Set<String> caseless(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(Set.of(names));
    return set;
  }
}
