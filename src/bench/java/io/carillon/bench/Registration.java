package io.carillon.bench;

import static io.carillon.process.JobRequest.aJob;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.process.JobRequest;
import io.carillon.process.ServiceClient;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Registers the jobs, many at a time. */
final class Registration {

  private static final int BATCH = 500;

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
    for (int first = 0; first < settings.jobs(); first += BATCH) {
      int last = Math.min(first + BATCH, settings.jobs());
      String jobs =
          IntStream.range(first, last).mapToObj(this::job).collect(Collectors.joining(","));
      check(service.post("/v1/jobs/batch", "{\"jobs\":[" + jobs + "]}"));
    }
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
