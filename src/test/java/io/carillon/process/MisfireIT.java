package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of the occurrences of an outage: the service is killed with its Redis and started
 * again on what it left. A slow machine misses some before and after it too; so what is asserted
 * holds of each row of missed ones, and that those of the outage are such a row.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisfireIT {

  private static final Duration THRESHOLD = Duration.ofSeconds(2);

  /** The killing takes place before it, and the outage lasts beyond it. */
  private static final Duration UNTIL_THE_INSTANTS = Duration.ofSeconds(20);

  private static final int CATCH_UP = 3;

  /** More runs than any job has, so that the histories are whole. */
  private static final int EVERYTHING = 1_000;

  @TempDir static Path data;

  private final Receiver receiver = new Receiver();
  private ServiceProcess service;

  /** In whole seconds: what was due from the first on and before the last was missed for sure. */
  private Instant missedFrom;

  private Instant missedBefore;

  /** When two jobs of single instants were due: in the midst of the outage. */
  private Instant instant;

  @BeforeAll
  void sufferAnOutage() {
    begin();
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    put("latest", everySecond(start).whenMissed("fire-once", THRESHOLD.toString(), 100));
    put("none", everySecond(start).whenMissed("skip", THRESHOLD.toString(), 100));
    put("oldest", everySecond(start).whenMissed("fire-all", THRESHOLD.toString(), CATCH_UP));
    put("patient", everySecond(start).whenMissed("fire-once", "PT1H", 100));
    eventually().until(this::allRing);
    instant = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(UNTIL_THE_INSTANTS);
    put("instants", twoInstants().whenMissed("fire-once", THRESHOLD.toString(), 100));
    put("skipped-instants", twoInstants().whenMissed("skip", THRESHOLD.toString(), 100));
    service.kill();
    service.awaitEndOfChildren();
    missedFrom = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    assertThat(missedFrom).as("killed in time").isBefore(instant);
    Instant over = instant.plusSeconds(2).plus(THRESHOLD);
    eventually("the outage is over").until(() -> Instant.now().isAfter(over));
    missedBefore = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(THRESHOLD);
    begin();
  }

  @AfterAll
  void end() {
    service.close();
    receiver.close();
  }

  @Test
  void whatAnOutageMissedFollowsEachJobsPolicy() {
    // When
    Seconds latest = secondsOf("latest");
    Seconds none = secondsOf("none");
    Seconds oldest = secondsOf("oldest");
    Seconds patient = secondsOf("patient");

    // Then
    assertThat(latest.between(missedFrom, missedBefore)).matches("s+[sc]");
    assertThat(latest.all()).as("one is caught up, the last of a row").matches("(o|s*c)+");

    assertThat(none.between(missedFrom, missedBefore)).matches("s+");
    assertThat(none.all()).matches("[os]+");

    assertThat(oldest.between(missedFrom, missedBefore)).matches("c{0,3}s+");
    assertThat(oldest.all())
        .as("three are caught up, the first of a row")
        .doesNotContain("cccc")
        .doesNotContainPattern("(?<!ccc|s)s");

    assertThat(patient.all()).as("late is not missed").matches("o+");
  }

  @Test
  void singleInstantsThatAnOutageMissedAllFireUnlessNoneShall() {
    // When
    eventually().until(() -> isCompleted("instants") && isCompleted("skipped-instants"));

    // Then
    assertThat(runs("instants"))
        .extracting(MisfireIT::scheduledAt, run -> run.get("trigger").asText())
        .containsExactlyInAnyOrder(
            tuple(instant, "catch-up"), tuple(instant.plusSeconds(1), "catch-up"));
    assertThat(runs("skipped-instants"))
        .singleElement()
        .matches(run -> run.get("state").asText().equals("skipped"))
        .matches(run -> run.get("missed").asInt() == 2);
  }

  private void begin() {
    service =
        aService()
            .patient()
            .with("CARILLON_DATA_DIR", data)
            .with("CARILLON_HISTORY_COUNT", EVERYTHING)
            .start();
  }

  private JobRequest everySecond(Instant start) {
    return aJob().every("PT1S").startingAt(start).to(receiver.url());
  }

  private JobRequest twoInstants() {
    return aJob().once(instant, instant.plusSeconds(1)).to(receiver.url());
  }

  private void put(String id, JobRequest job) {
    service.client().put(id, job);
  }

  private boolean allRing() {
    return receiver.deliveries().stream().map(Delivery::jobId).distinct().count() == 4;
  }

  private boolean isCompleted(String job) {
    return service.client().get("/v1/jobs/" + job).get("state").asText().equals("completed");
  }

  /** Of a job, once it has run beyond the outage. */
  private Seconds secondsOf(String job) {
    eventually(job + " runs again").until(() -> runs(job).stream().anyMatch(this::isAfterOutage));
    return Seconds.of(runsOf(job));
  }

  private boolean isAfterOutage(JsonNode run) {
    return run.get("state").asText().equals("succeeded")
        && scheduledAt(run).isAfter(missedBefore.plus(THRESHOLD));
  }

  private static Instant scheduledAt(JsonNode run) {
    return Instant.parse(run.get("scheduledAt").asText());
  }

  private List<JsonNode> runs(String job) {
    List<JsonNode> runs = new ArrayList<>();
    runsOf(job).forEach(runs::add);
    return runs;
  }

  private JsonNode runsOf(String job) {
    return service.client().get("/v1/jobs/" + job + "/runs?pageSize=500").get("runs");
  }
}
