package io.carillon.service;

import static io.carillon.service.Receiver.answer;
import static io.carillon.service.Receiver.silence;
import static io.carillon.service.Receiver.statuses;
import static io.carillon.service.Service.awaitRun;
import static io.carillon.service.Service.awaitThat;
import static io.carillon.service.Service.newName;
import static io.carillon.service.Service.read;
import static io.carillon.service.Service.run;
import static io.carillon.service.Service.runNow;
import static io.carillon.service.Service.runs;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.service.Receiver.Ring;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RetriesTest {

  private static final String AT_ONCE = "'retry':{'maxAttempts':3,'initialDelay':'PT0S'}";
  private static final String FAR_OFF = "'type':'duration','every':'PT9H'";

  private Service service;

  @BeforeEach
  void open() throws IOException {
    service = new Service();
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void aFailedAttemptIsTriedAgainAfterDelaysThatGrow() {
    // Given
    String job =
        service.job(
            newName("retries"),
            "'retry':{'maxAttempts':3,'initialDelay':'PT0.2S','multiplier':3.0,'jitter':0.0}");
    service.receiver.on(job, statuses(500, 502, 200));

    // When
    String id = runNow(job);

    // Then
    JsonPath run = awaitRun(id, "succeeded");
    List<Ring> rings = service.receiver.rings(job);
    assertThat(rings).extracting(ring -> ring.header("webhook-id")).containsExactly(id, id, id);
    assertThat(rings)
        .extracting(ring -> ring.header("carillon-attempt"))
        .containsExactly("1", "2", "3");
    assertThat(between(rings, 0)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(between(rings, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
    assertThat(run.getList("attempts.status")).containsExactly(500, 502, 200);
    assertThat(run.getList("attempts.error")).containsExactly("http-500", "http-502", null);
    assertThat(run.getList("attempts.durationMs")).doesNotContainNull();
    assertThat(run.getString("attempts[0].nextAttemptAt")).isNotNull();
    JsonPath counters = read(job);
    assertThat(counters.getInt("counters.started")).isEqualTo(1);
    assertThat(counters.getInt("counters.succeeded")).isEqualTo(1);
    assertThat(counters.getInt("counters.failed")).isZero();
  }

  @Test
  void chanceSpreadsTheDelays() {
    // Given
    String job =
        service.job(
            newName("retries"), "'retry':{'maxAttempts':2,'initialDelay':'PT100S','jitter':0.5}");
    service.receiver.on(job, statuses(500));
    Instant begin = Instant.now();

    // When
    List<String> ids = Stream.generate(() -> runNow(job)).limit(6).toList();

    // Then
    List<Long> delays = ids.stream().map(id -> delay(awaitRun(id, "retrying"))).toList();
    assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(50L, 150 + since(begin)));
    assertThat(delays.stream().distinct().count()).isGreaterThan(1);
  }

  /** In seconds, from the beginning of the attempt: its own time counts too. */
  private static long delay(JsonPath run) {
    Instant at = Instant.parse(run.getString("attempts[0].at"));
    return Duration.between(at, Instant.parse(run.getString("attempts[0].nextAttemptAt")))
        .toSeconds();
  }

  private static long since(Instant begin) {
    return 1 + Duration.between(begin, Instant.now()).toSeconds();
  }

  @Test
  void aReceiverThatAsksForSomeSecondsIsLeftAloneForThem() {
    // Given
    String job = service.job(newName("retries"), AT_ONCE);
    service.receiver.on(job, ring -> askForPeace(ring, 503, "1"));

    // When
    runNow(job);

    // Then
    List<Ring> rings = service.awaitRings(job, 2);
    assertThat(between(rings, 0)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aReceiverThatNamesADateIsLeftAloneUntilThen() {
    // Given
    String job = service.job(newName("retries"), AT_ONCE);
    Instant date = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    String header = DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
    service.receiver.on(job, ring -> askForPeace(ring, 429, header));

    // When
    runNow(job);

    // Then
    List<Ring> rings = service.awaitRings(job, 2);
    assertThat(rings.get(1).at()).isAfterOrEqualTo(date);
  }

  @Test
  void aWishForPeaceIsHonouredForADayAtMost() {
    // Given
    String job = service.job(newName("retries"), AT_ONCE);
    service.receiver.on(job, ring -> askForPeace(ring, 503, "999999"));
    long day = Duration.ofHours(24).toSeconds();
    Instant begin = Instant.now();

    // When
    String id = runNow(job);

    // Then
    assertThat(delay(awaitRun(id, "retrying"))).isBetween(day - 1, day + since(begin));
  }

  private static void askForPeace(Ring ring, int status, String retryAfter) throws IOException {
    ring.exchange().getResponseHeaders().set("Retry-After", retryAfter);
    answer(ring, ring.number() == 1 ? status : 200);
  }

  @Test
  void aRunWhoseAttemptsAreUsedUpHasFailedAndIsFoundAcrossJobs() {
    // Given
    String job = service.job(newName("retries"), "'retry':{'maxAttempts':2,'initialDelay':'PT0S'}");
    service.receiver.on(job, statuses(500));

    // When
    String id = runNow(job);

    // Then
    JsonPath run = awaitRun(id, "failed");
    assertThat(run.getString("reason")).isEqualTo("http-500");
    assertThat(run.getList("attempts")).hasSize(2);
    assertThat(read(job).getInt("counters.failed")).isEqualTo(1);
    assertThat(read(job).getString("lastRun.id")).isEqualTo(id);
    JsonPath failures =
        given()
            .get("/v1/runs?state=failed&pageSize=500")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(failures.getList("runs.id")).contains(id);
    assertThat(runs(job, "?state=failed")).extracting(map -> map.get("id")).containsExactly(id);
    assertThat(runs(job, "?state=succeeded")).isEmpty();
  }

  @Test
  void failuresAcrossJobsComePageByPageLatestFirst() {
    // Given
    String job = service.job(newName("retries"), "'retry':{'maxAttempts':1}");
    service.receiver.on(job, statuses(500));
    String first = failed(job);
    String second = failed(job);

    // When
    JsonPath page = failures("");
    JsonPath next = failures("&pageToken=" + page.getString("nextPageToken"));

    // Then
    assertThat(page.getList("runs.id")).containsExactly(second);
    assertThat(next.getList("runs.id")).containsExactly(first);
  }

  private static String failed(String job) {
    String id = runNow(job);
    awaitRun(id, "failed");
    return id;
  }

  private static JsonPath failures(String more) {
    return given()
        .get("/v1/runs?state=failed&pageSize=1" + more)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void acrossJobsOnlyFailuresCanBeAskedFor() {
    for (String query : List.of("", "?state=succeeded", "?state=failed&pageToken=zzz")) {
      // When
      JsonPath problem =
          given().get("/v1/runs" + query).then().statusCode(400).extract().jsonPath();

      // Then
      assertThat(problem.getString("type")).isEqualTo("/problems/invalid-parameter");
    }
  }

  @Test
  void aReceiverThatIsGonePausesItsJob() {
    // Given
    String job = service.job(newName("retries"), AT_ONCE);
    service.receiver.on(job, statuses(410));

    // When
    String id = runNow(job);

    // Then
    JsonPath run = awaitRun(id, "failed");
    assertThat(run.getString("reason")).isEqualTo("gone");
    assertThat(run.getList("attempts")).hasSize(1);
    assertThat(read(job).getString("state")).isEqualTo("paused");
    assertThat(read(job).getString("pause.reason")).isEqualTo("gone");
    assertThat(read(job).getString("nextRunAt")).isNull();
  }

  @Test
  void aReceiverMayForbidAnotherAttempt() {
    // Given
    String job = service.job(newName("retries"), AT_ONCE);
    service.receiver.on(
        job,
        ring -> {
          ring.exchange().getResponseHeaders().set("Carillon-No-Retry", "1");
          answer(ring, 500);
        });

    // When
    String id = runNow(job);

    // Then
    assertThat(awaitRun(id, "failed").getList("attempts")).hasSize(1);
    assertThat(read(job).getString("state")).isEqualTo("active");
  }

  @Test
  void theJobSaysWhichAnswersAreGood() {
    // Given
    String job = newName("retries");
    service.jobTo(
        job, FAR_OFF, service.target(job, "'success':['204','404']"), "'retry':{'maxAttempts':1}");
    service.receiver.on(job, statuses(404, 204, 200));

    // When
    String notFound = runNow(job);
    awaitRun(notFound, "succeeded");
    String empty = runNow(job);
    awaitRun(empty, "succeeded");
    String other = runNow(job);

    // Then
    assertThat(awaitRun(other, "failed").getString("reason")).isEqualTo("http-200");
  }

  @Test
  void aReceiverThatKeepsSilentTimesOut() {
    // Given
    String job = newName("retries");
    service.jobTo(
        job, FAR_OFF, service.target(job, "'timeout':'PT0.3S'"), "'retry':{'maxAttempts':1}");
    service.receiver.on(job, silence());

    // When
    String id = runNow(job);

    // Then
    JsonPath run = awaitRun(id, "failed");
    assertThat(run.getString("reason")).isEqualTo("timeout");
    assertThat(run.getLong("attempts[0].durationMs")).isGreaterThanOrEqualTo(300L);
  }

  @Test
  void aBodyThatDribblesDoesNotOutlastTheTimeout() {
    // Given
    String job = newName("retries");
    service.jobTo(job, FAR_OFF, service.target(job, "'timeout':'PT0.5S'"));
    service.receiver.on(job, Receiver::dribble);

    // When
    String id = runNow(job);

    // Then
    JsonPath run = awaitThat(() -> run(id), now -> now.getString("finishedAt") != null);
    assertThat(run.getLong("attempts[0].durationMs")).isGreaterThanOrEqualTo(500L);
  }

  @Test
  void aHugeBodyIsNotReadToItsEnd() {
    // Given
    String job = service.job(newName("retries"));
    service.receiver.on(
        job,
        ring -> {
          ring.exchange().sendResponseHeaders(200, 0);
          byte[] lump = new byte[1 << 20];
          for (int lumps = 0; lumps < 10_000; lumps++) {
            ring.exchange().getResponseBody().write(lump);
          }
        });

    // When
    String id = runNow(job);

    // Then
    assertThat(awaitRun(id, "succeeded").getInt("attempts[0].status")).isEqualTo(200);
  }

  @Test
  void aReceiverThatHangsUpIsTriedAgain() {
    // Given
    String job = service.job(newName("retries"), AT_ONCE);
    service.receiver.on(
        job,
        ring -> {
          if (ring.number() > 1) {
            answer(ring, 200);
          }
        });

    // When
    String id = runNow(job);

    // Then
    JsonPath run = awaitRun(id, "succeeded");
    assertThat(run.getList("attempts.status")).containsExactly(null, 200);
    assertThat(run.getString("attempts[0].error")).isEqualTo("reset");
  }

  @Test
  void whereNobodyListensTheReasonIsConnect() {
    // Given
    String job = newName("retries");
    service.jobTo(job, FAR_OFF, "'url':'http://127.0.0.1:9/'", "'retry':{'maxAttempts':1}");

    // When
    String id = runNow(job);

    // Then
    assertThat(awaitRun(id, "failed").getString("reason")).isEqualTo("connect");
  }

  @Test
  void soManyFailedRunsInARowPauseTheJobAndSaySo() {
    // Given
    String job =
        service.job(newName("retries"), "'retry':{'maxAttempts':1}", "'failure':{'pauseAfter':2}");
    service.receiver.on(job, statuses(500, 200, 500, 500));
    awaitRun(runNow(job), "failed");
    awaitRun(runNow(job), "succeeded");
    awaitRun(runNow(job), "failed");
    assertThat(read(job).getString("state")).isEqualTo("active");

    // When
    awaitRun(runNow(job), "failed");

    // Then
    Map<String, Object> pause = read(job).getMap("pause");
    assertThat(read(job).getString("state")).isEqualTo("paused");
    assertThat(pause.get("reason")).isEqualTo("2 failed runs in a row");
  }

  @Test
  void whatSkipsAllThatItMissedRunsAllTheSame() {
    // Given
    String job =
        service.jobOn(
            newName("retries"),
            "'type':'duration','every':'PT1S'",
            "'misfire':{'policy':'skip','threshold':'PT1S'}");

    // When
    List<Map<String, Object>> ended =
        awaitThat(() -> runs(job, "?state=succeeded"), list -> !list.isEmpty());

    // Then
    assertThat(ended.get(0).get("trigger")).isEqualTo("schedule");
  }

  private static Duration between(List<Ring> rings, int index) {
    return Duration.between(rings.get(index).at(), rings.get(index + 1).at());
  }
}
