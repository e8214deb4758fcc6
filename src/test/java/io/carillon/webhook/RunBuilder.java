package io.carillon.webhook;

import io.carillon.Eventually;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.Definition;
import io.carillon.job.Guard;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.RetryPolicy;
import io.carillon.job.RunId;
import io.carillon.job.StatusPattern;
import io.carillon.job.Target;
import io.carillon.job.Trigger;
import io.carillon.schedule.DurationSchedule;
import io.carillon.schedule.From;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code aRun().to(url).within("PT1S").taken()}. */
final class RunBuilder {

  static final Instant SCHEDULED_AT = Instant.parse("2026-12-01T09:00:00Z");
  static final Instant FIRST_ATTEMPT_AT = Instant.parse("2026-12-01T09:00:00.003Z");

  private final Map<String, String> headers = new TreeMap<>();
  private URI url = URI.create("http://127.0.0.1:1/");
  private String method = "POST";

  /** Longer than tests wait for an answer, so that whatever ends an attempt is something else. */
  private Duration timeout = Eventually.BOUND.multipliedBy(2);

  private Optional<Target.Body> body = Optional.empty();
  private Optional<String> name = Optional.empty();
  private Optional<String> secret = Optional.empty();
  private Optional<String> payload = Optional.empty();
  private Optional<Guard> guard = Optional.empty();
  private Trigger trigger = Trigger.SCHEDULE;
  private int attempt = 1;

  static RunBuilder aRun() {
    return new RunBuilder();
  }

  RunBuilder to(String url) {
    this.url = URI.create(url);
    return this;
  }

  RunBuilder by(String method) {
    this.method = method;
    return this;
  }

  RunBuilder within(String timeout) {
    this.timeout = Duration.parse(timeout);
    return this;
  }

  RunBuilder saying(String content, String contentType) {
    this.body = Optional.of(new Target.Body(content, contentType));
    return this;
  }

  RunBuilder withHeader(String name, String value) {
    headers.put(name, value);
    return this;
  }

  RunBuilder ofJobNamed(String name) {
    this.name = Optional.of(name);
    return this;
  }

  RunBuilder signedWith(String secret) {
    this.secret = Optional.of(secret);
    return this;
  }

  RunBuilder guardedBy(String url) {
    this.guard = Optional.of(new Guard(URI.create(url), Duration.ofSeconds(20)));
    return this;
  }

  RunBuilder byHandWith(String payload) {
    this.trigger = Trigger.MANUAL;
    this.payload = Optional.of(payload);
    return this;
  }

  RunBuilder onAttempt(int attempt) {
    this.attempt = attempt;
    return this;
  }

  TakenRun taken() {
    return new TakenRun(
        RunId.ofOccurrence("billing-nightly", "mi8z3kq0", SCHEDULED_AT),
        "token",
        trigger,
        SCHEDULED_AT,
        attempt,
        0,
        FIRST_ATTEMPT_AT.plusSeconds(attempt - 1),
        FIRST_ATTEMPT_AT,
        definition(),
        payload,
        Optional.empty());
  }

  private Definition definition() {
    return new Definition(
        name,
        Optional.empty(),
        List.of(),
        new DurationSchedule(Duration.ofSeconds(10), From.SCHEDULE),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Duration.ZERO,
        new Target(
            url,
            method,
            headers,
            body,
            timeout,
            List.of(StatusPattern.SUCCESSFUL),
            Target.Completion.RESPONSE,
            Duration.ofHours(1),
            secret),
        guard,
        RetryPolicy.DEFAULT,
        Optional.empty(),
        MisfirePolicy.DEFAULT,
        Optional.empty());
  }
}
