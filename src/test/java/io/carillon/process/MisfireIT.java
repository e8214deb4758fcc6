package io.carillon.process;

import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of the occurrences of an outage: the service is killed with its Redis and started
 * again on what it left.
 */
class MisfireIT {

  private static final String THRESHOLD = "PT2S";

  @TempDir Path data;

  /** A run as the API tells of it. */
  private record Run(Instant scheduledAt, String trigger, String state, int missed) {
    static Run of(JsonNode run) {
      return new Run(
          Instant.parse(run.get("scheduledAt").asText()),
          run.get("trigger").asText(),
          run.get("state").asText(),
          run.path("missed").asInt());
    }
  }

  @Test
  void whatAnOutageMissedFollowsEachJobsPolicy() {
    // Given
    try (Receiver receiver = new Receiver()) {
      Instant duringOutage;
      try (ServiceProcess service = serviceOnOwnRedis()) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        duringOutage = start.plusSeconds(20);
        ServiceClient client = service.client();
        client.put("latest", everySecond(receiver, start).whenMissed("fire-once", THRESHOLD, 100));
        client.put("none", everySecond(receiver, start).whenMissed("skip", THRESHOLD, 100));
        client.put("oldest", everySecond(receiver, start).whenMissed("fire-all", THRESHOLD, 3));
        client.put("patient", everySecond(receiver, start).whenMissed("fire-once", "PT1H", 100));
        client.put(
            "instants",
            aJob()
                .once(duringOutage, duringOutage.plusSeconds(1))
                .to(receiver.url())
                .whenMissed("fire-once", THRESHOLD, 100));
        client.put(
            "skipped-instants",
            aJob()
                .once(duringOutage, duringOutage.plusSeconds(1))
                .to(receiver.url())
                .whenMissed("skip", THRESHOLD, 100));
        await().atMost(Duration.ofSeconds(15)).until(() -> rangAll(receiver));
        service.kill();
        service.awaitEndOfChildren();
      }
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> Instant.now().isAfter(duringOutage.plusSeconds(4)));

      // When
      try (ServiceProcess restarted = serviceOnOwnRedis()) {
        Instant back = Instant.now();

        // Then
        List<Run> latest = accountOf(restarted, "latest", back);
        assertThat(latest).filteredOn(MisfireIT::caughtUp).hasSize(1);
        assertThat(latest).filteredOn(MisfireIT::skipped).hasSize(1);
        assertThat(latestOf(latest, MisfireIT::caughtUp))
            .as("what is skipped lies before what is caught up")
            .isAfter(latestOf(latest, MisfireIT::skipped));

        List<Run> none = accountOf(restarted, "none", back);
        assertThat(none).noneMatch(MisfireIT::caughtUp);
        assertThat(none).filteredOn(MisfireIT::skipped).hasSize(1);

        List<Run> oldest = accountOf(restarted, "oldest", back);
        assertThat(oldest).filteredOn(MisfireIT::caughtUp).hasSize(3);
        assertThat(oldest).filteredOn(MisfireIT::skipped).hasSize(1);
        assertThat(latestOf(oldest, MisfireIT::caughtUp))
            .isBefore(latestOf(oldest, MisfireIT::skipped));

        assertThat(accountOf(restarted, "patient", back))
            .as("late is not missed")
            .allMatch(run -> run.trigger().equals("schedule") && !skipped(run));

        await().atMost(Duration.ofSeconds(20)).until(() -> isCompleted(restarted, "instants"));
        assertThat(runs(restarted, "instants"))
            .extracting(Run::scheduledAt, Run::trigger)
            .containsExactlyInAnyOrder(
                tuple(duringOutage, "catch-up"), tuple(duringOutage.plusSeconds(1), "catch-up"));
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> isCompleted(restarted, "skipped-instants"));
        assertThat(runs(restarted, "skipped-instants"))
            .singleElement()
            .matches(MisfireIT::skipped)
            .extracting(Run::missed)
            .isEqualTo(2);
      }
    }
  }

  private static JobRequest everySecond(Receiver receiver, Instant start) {
    return aJob().every("PT1S").startingAt(start).to(receiver.url());
  }

  private static boolean rangAll(Receiver receiver) {
    return receiver.deliveries().stream().map(Delivery::jobId).distinct().count() == 4;
  }

  private static boolean isCompleted(ServiceProcess service, String job) {
    return service.client().get("/v1/jobs/" + job).get("state").asText().equals("completed");
  }

  private static boolean caughtUp(Run run) {
    return run.trigger().equals("catch-up");
  }

  private static boolean skipped(Run run) {
    return run.state().equals("skipped");
  }

  private static Instant latestOf(List<Run> runs, Predicate<Run> which) {
    return runs.stream()
        .filter(which)
        .map(Run::scheduledAt)
        .max(comparing(instant -> instant))
        .orElseThrow();
  }

  /**
   * A job's runs once it runs on time again; every second from the first to the last of them is
   * accounted for, once.
   */
  private static List<Run> accountOf(ServiceProcess service, String job, Instant back) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                runs(service, job).stream()
                    .anyMatch(
                        run ->
                            run.state().equals("succeeded")
                                && run.scheduledAt().isAfter(back.plusSeconds(1))));
    List<Run> runs = runs(service, job);
    Instant first = runs.stream().map(Run::scheduledAt).min(comparing(at -> at)).orElseThrow();
    Instant last = runs.stream().map(Run::scheduledAt).max(comparing(at -> at)).orElseThrow();
    assertThat(runs).extracting(Run::scheduledAt).doesNotHaveDuplicates();
    assertThat(runs.stream().mapToInt(run -> skipped(run) ? run.missed() : 1).sum())
        .as("occurrences of %s from %s to %s: %s", job, first, last, runs)
        .isEqualTo((int) Duration.between(first, last).toSeconds() + 1);
    return runs;
  }

  private static List<Run> runs(ServiceProcess service, String job) {
    List<Run> runs = new ArrayList<>();
    service
        .client()
        .get("/v1/jobs/" + job + "/runs?pageSize=200")
        .get("runs")
        .forEach(run -> runs.add(Run.of(run)));
    return runs;
  }

  private ServiceProcess serviceOnOwnRedis() {
    return aService().with("CARILLON_DATA_DIR", data).start();
  }
}
