package io.carillon.bench;

import static io.carillon.process.JobRequest.aJob;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.process.JobRequest;
import io.carillon.process.ServiceClient;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Registers the jobs, many at a time. */
final class Registration {

  private static final int BATCH = 500;

  /** Every how many idle jobs one has a tag that few have. */
  private static final int RARE = 2_000;

  private final ServiceClient service;
  private final LoadSettings settings;
  private final URI receiver;

  /** Gone by, so that it fixes the phases and nothing else. */
  private final Instant anchor =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);

  Registration(ServiceClient service, LoadSettings settings, URI receiver) {
    this.service = service;
    this.settings = settings;
    this.receiver = receiver;
  }

  void registerAll() {
    register(settings.idle(), this::idleJob);
    register(settings.jobs(), this::job);
  }

  private void register(int jobs, IntFunction<String> job) {
    for (int first = 0; first < jobs; first += BATCH) {
      int last = Math.min(first + BATCH, jobs);
      String batch = IntStream.range(first, last).mapToObj(job).collect(Collectors.joining(","));
      check(service.post("/v1/jobs/batch", "{\"jobs\":[" + batch + "]}"));
    }
  }

  /** Runs once a day, but not today. */
  private String idleJob(int number) {
    JobRequest job =
        aJob()
            .withId("idle-%07d".formatted(number))
            .named("Idle job " + number)
            .tagged("common")
            .to(receiver)
            .every("P1D")
            .startingAt(anchor.plus(2, ChronoUnit.DAYS).plusMillis(number));
    return number % RARE == 0 ? job.tagged("rare").json() : job.json();
  }

  private String job(int number) {
    long phase = settings.together() ? 0 : number * 1000L / settings.jobs();
    JobRequest job = aJob().withId("load-" + number).to(receiver);
    return settings.cron()
        ? job.onCron("* * * * * *").json()
        : job.every("PT1S").startingAt(anchor.plusMillis(phase)).json();
  }

  private static void check(JsonNode answer) {
    for (JsonNode result : answer.get("results")) {
      if (result.get("status").asInt() / 100 != 2) {
        throw new IllegalStateException("a job was refused: " + result);
      }
    }
  }
}
