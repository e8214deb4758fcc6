package io.carillon.job;

import io.carillon.job.MisfirePolicy.OnMisfire;
import io.carillon.schedule.CronSchedule;
import io.carillon.schedule.DstPolicy;
import io.carillon.schedule.DurationSchedule;
import io.carillon.schedule.EventSchedule;
import io.carillon.schedule.From;
import io.carillon.schedule.OnceSchedule;
import io.carillon.schedule.Schedule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code aJob().every("PT10S").tagged("billing").build()}. */
public final class DefinitionBuilder {

  private Optional<String> name = Optional.empty();
  private Optional<String> description = Optional.empty();
  private List<String> tags = List.of();
  private Schedule schedule = new DurationSchedule(Duration.ofSeconds(10), From.SCHEDULE);
  private Optional<Instant> startAt = Optional.empty();
  private Optional<Instant> endAt = Optional.empty();
  private Optional<Integer> maxRuns = Optional.empty();
  private boolean runOnCreate;
  private Duration jitter = Duration.ZERO;
  private String url = "http://127.0.0.1:1/";
  private Duration timeout = Duration.ofSeconds(15);
  private Optional<Guard> guard = Optional.empty();
  private List<StatusPattern> success = List.of(StatusPattern.SUCCESSFUL);
  private RetryPolicy retry = RetryPolicy.DEFAULT;
  private MisfirePolicy misfire = MisfirePolicy.DEFAULT;

  private Target.Completion completion = Target.Completion.RESPONSE;
  private Duration completionTimeout = Duration.ofHours(1);
  private Optional<ConcurrencyPolicy> concurrency = Optional.empty();
  private Optional<Integer> pauseAfter = Optional.empty();

  private DefinitionBuilder() {}

  /** A job that runs every ten seconds. */
  public static DefinitionBuilder aJob() {
    return new DefinitionBuilder();
  }

  public DefinitionBuilder named(String name) {
    this.name = Optional.of(name);
    return this;
  }

  public DefinitionBuilder described(String description) {
    this.description = Optional.of(description);
    return this;
  }

  public DefinitionBuilder tagged(String... tags) {
    this.tags = List.of(tags);
    return this;
  }

  public DefinitionBuilder on(Schedule schedule) {
    this.schedule = schedule;
    return this;
  }

  public DefinitionBuilder every(String interval) {
    return on(new DurationSchedule(Duration.parse(interval), From.SCHEDULE));
  }

  public DefinitionBuilder restingBetweenRuns(String interval) {
    return on(new DurationSchedule(Duration.parse(interval), From.COMPLETION));
  }

  public DefinitionBuilder cron(String expression) {
    return on(new CronSchedule(expression, null, DstPolicy.DEFAULT));
  }

  public DefinitionBuilder once(Instant... at) {
    return on(new OnceSchedule(List.of(at)));
  }

  public DefinitionBuilder onEvent(String... events) {
    return on(new EventSchedule(List.of(events), List.of(), List.of()));
  }

  public DefinitionBuilder startingAt(Instant instant) {
    this.startAt = Optional.of(instant);
    return this;
  }

  public DefinitionBuilder endingAt(Instant instant) {
    this.endAt = Optional.of(instant);
    return this;
  }

  public DefinitionBuilder atMost(int runs) {
    this.maxRuns = Optional.of(runs);
    return this;
  }

  public DefinitionBuilder runningOnCreate() {
    this.runOnCreate = true;
    return this;
  }

  public DefinitionBuilder jitteredBy(String longest) {
    this.jitter = Duration.parse(longest);
    return this;
  }

  public DefinitionBuilder to(String url) {
    this.url = url;
    return this;
  }

  public DefinitionBuilder within(String timeout) {
    this.timeout = Duration.parse(timeout);
    return this;
  }

  public DefinitionBuilder guardedWithin(String timeout) {
    this.guard = Optional.of(new Guard(URI.create("http://127.0.0.1:1/"), Duration.parse(timeout)));
    return this;
  }

  public DefinitionBuilder succeedingWith(String... statuses) {
    this.success = Stream.of(statuses).map(StatusPattern::new).toList();
    return this;
  }

  public DefinitionBuilder retrying(RetryPolicy retry) {
    this.retry = retry;
    return this;
  }

  public DefinitionBuilder trying(int attempts) {
    return retrying(new RetryPolicy(attempts, Duration.ofSeconds(5), 3.0, Duration.ofHours(1), 0));
  }

  /** With a threshold of a minute. */
  public DefinitionBuilder whenMissed(OnMisfire policy) {
    return whenMissed(new MisfirePolicy(policy, Duration.ofMinutes(1), 100));
  }

  public DefinitionBuilder whenMissed(MisfirePolicy policy) {
    this.misfire = policy;
    return this;
  }

  /** Its runs are completed by a report of the receiver. */
  public DefinitionBuilder reported() {
    this.completion = Target.Completion.CALLBACK;
    return this;
  }

  /** The same, within this time. */
  public DefinitionBuilder reportedWithin(String timeout) {
    this.completionTimeout = Duration.parse(timeout);
    return reported();
  }

  public DefinitionBuilder limitedTo(ConcurrencyPolicy policy) {
    this.concurrency = Optional.of(policy);
    return this;
  }

  public DefinitionBuilder pausedAfter(int failuresInRow) {
    this.pauseAfter = Optional.of(failuresInRow);
    return this;
  }

  /** The same job with another limit, or with none. */
  public static Definition limited(Definition job, Optional<ConcurrencyPolicy> limit) {
    return new Definition(
        job.name(),
        job.description(),
        job.tags(),
        job.schedule(),
        job.startAt(),
        job.endAt(),
        job.maxRuns(),
        job.runOnCreate(),
        job.jitter(),
        job.target(),
        job.guard(),
        job.retry(),
        limit,
        job.misfire(),
        job.pauseAfter());
  }

  public Definition build() {
    return new Definition(
        name,
        description,
        tags,
        schedule,
        startAt,
        endAt,
        maxRuns,
        runOnCreate,
        jitter,
        new Target(
            URI.create(url),
            "POST",
            Map.of(),
            Optional.empty(),
            timeout,
            success,
            completion,
            completionTimeout,
            Optional.empty()),
        guard,
        retry,
        concurrency,
        misfire,
        pauseAfter);
  }
}
