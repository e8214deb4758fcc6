package io.carillon.service;

import static io.carillon.service.Receiver.answer;
import static io.carillon.service.Receiver.behind;
import static io.carillon.service.Receiver.silence;
import static io.carillon.service.Receiver.statuses;
import static io.carillon.service.Service.awaitRun;
import static io.carillon.service.Service.awaitThat;
import static io.carillon.service.Service.json;
import static io.carillon.service.Service.newName;
import static io.carillon.service.Service.path;
import static io.carillon.service.Service.read;
import static io.carillon.service.Service.run;
import static io.carillon.service.Service.runNow;
import static io.carillon.service.Service.runs;
import static io.carillon.service.Service.tryRunNow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.carillon.service.Receiver.Ring;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LongWorkTest {

  private static final String SUCCEEDED = "{'state':'succeeded'}";

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
  void theReceiverReportsThroughTheUrlThatItWasGivenAndHoldsTheSlotUntilThen() {
    // Given
    String job = reporting("PT1H", "'concurrency':{'limit':1}");
    service.receiver.on(job, statuses(202));
    String id = runNow(job);
    awaitRun(id, "awaiting-completion");
    tryRunNow(job).statusCode(409).body("detail", containsString("overlap"));

    // When
    ValidatableResponse reported = report(completeUrl(job), SUCCEEDED);

    // Then
    reported.statusCode(200).body("id", equalTo(id)).body("state", equalTo("succeeded"));
    assertThat(read(job).getInt("counters.succeeded")).isEqualTo(1);
    assertThat(awaitRun(runNow(job), "awaiting-completion").getList("attempts")).hasSize(1);
  }

  @Test
  void aReportMayComeBeforeTheAnswer() {
    // Given
    String job = reporting("PT1H");
    CountDownLatch reported = new CountDownLatch(1);
    service.receiver.on(
        job,
        ring -> {
          reported.await();
          answer(ring, 200);
        });
    String id = runNow(job);
    service.awaitRings(job, 1);

    // When
    report(completeUrl(job), SUCCEEDED).statusCode(200);
    reported.countDown();

    // Then
    assertThat(awaitRun(id, "succeeded").getList("attempts")).hasSize(1);
    assertThat(read(job).getInt("counters.started")).isEqualTo(1);
  }

  @Test
  void whatIsNotReportedInTimeHasFailedWithoutRetry() {
    // Given
    String job = reporting("PT1S");

    // When
    String id = runNow(job);

    // Then
    JsonPath run = awaitRun(id, "failed");
    assertThat(run.getString("reason")).isEqualTo("completion-timeout");
    assertThat(run.getList("attempts")).hasSize(1);
    report(completeUrl(job), SUCCEEDED).statusCode(409);
  }

  @Test
  void aReportedFailureEndsTheRunWithoutRetry() {
    // Given
    String job = reporting("PT1H");
    String id = runNow(job);
    awaitRun(id, "awaiting-completion");

    // When
    ValidatableResponse reported =
        report(completeUrl(job), "{'state':'failed','message':'ledger\\nlocked'}");

    // Then
    reported
        .statusCode(200)
        .body("state", equalTo("failed"))
        .body("reason", equalTo("ledger locked"))
        .body("attempts.size()", equalTo(1));
    assertThat(read(job).getInt("counters.failed")).isEqualTo(1);
    assertThat(read(job).getString("lastRun.reason")).isEqualTo("ledger locked");
    report(completeUrl(job), SUCCEEDED).statusCode(409);
  }

  @Test
  void aReportIsOnlyWordsSoItDoesNotPauseTheJob() {
    // Given
    String job = reporting("PT1H");
    awaitRun(runNow(job), "awaiting-completion");

    // When
    report(completeUrl(job), "{'state':'failed','message':'gone'}").statusCode(200);

    // Then
    assertThat(read(job).getString("state")).isEqualTo("active");
  }

  @Test
  void onlyTheRunsOwnTokenReports() {
    // Given
    String job = reporting("PT1H");
    String id = runNow(job);
    awaitRun(id, "awaiting-completion");

    // When
    ValidatableResponse forged = report(path(id) + "/complete?token=forged", SUCCEEDED);

    // Then
    forged.statusCode(403).body("type", equalTo("/problems/forbidden"));
    assertThat(run(id).getString("state")).isEqualTo("awaiting-completion");
    report(completeUrl(job), SUCCEEDED).statusCode(200);
  }

  @Test
  void aReportThatNobodyWaitsForIsRefused() {
    // Given
    String job = service.job(newName("work"));
    service.receiver.on(job, silence());
    String id = runNow(job);
    service.awaitRings(job, 1);

    // When
    ValidatableResponse unexpected = report(path(id) + "/complete", SUCCEEDED);
    ValidatableResponse unknown = report(path(id + "0") + "/complete", SUCCEEDED);
    ValidatableResponse unreadable = report(path(id) + "/complete", "{'state':'cancelled'}");

    // Then
    unexpected.statusCode(409);
    unknown.statusCode(404);
    unreadable.statusCode(422);
  }

  @Test
  void aJobThatRestsBetweenItsRunsRestsFromTheirEnd() {
    // Given
    String job = newName("work");
    Semaphore work = new Semaphore(0);
    service.receiver.on(job, behind(work));

    // When
    service.jobOn(job, "'type':'duration','every':'PT1S','from':'completion'");

    // Then
    service.awaitRings(job, 1);
    assertThat(read(job).getString("nextRunAt")).isNull();
    work.release(3);
    List<Ring> rings = service.awaitRings(job, 3);
    List<Map<String, Object>> ended = runs(job, "?state=succeeded");
    Instant firstEnd = Instant.parse((String) ended.get(ended.size() - 1).get("finishedAt"));
    assertThat(Duration.between(firstEnd, rings.get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void workThatIsReportedLaterCountsForTheRestToo() {
    // Given
    String job = newName("work");
    service.jobTo(
        job,
        "'type':'duration','every':'PT1S','from':'completion'",
        service.target(job, "'completion':'callback'"));
    service.awaitRings(job, 1);
    String id =
        awaitThat(() -> runs(job, "?state=awaiting-completion"), l -> l.size() == 1)
            .get(0)
            .get("id")
            .toString();
    assertThat(read(job).getString("nextRunAt")).isNull();

    // When
    report(path(id) + "/complete", SUCCEEDED).statusCode(200);

    // Then
    assertThat(read(job).getString("nextRunAt")).isNotNull();
    assertThat(service.awaitRings(job, 2)).hasSizeGreaterThanOrEqualTo(2);
  }

  private String reporting(String patience, String... more) {
    String job = newName("work");
    return service.jobTo(
        job,
        "'type':'duration','every':'PT9H'",
        service.target(
            job,
            "'completion':'callback'",
            "'timeout':'PT10M'",
            "'completionTimeout':'%s'".formatted(patience)),
        more);
  }

  /** The path and the query of the URL that the latest webhook named. */
  private String completeUrl(String job) {
    List<Ring> rings = service.receiver.rings(job);
    URI url = URI.create(rings.get(rings.size() - 1).header("carillon-complete-url"));
    return url.getRawPath() + '?' + url.getRawQuery();
  }

  private static ValidatableResponse report(String url, String body) {
    return json(body).post(url).then();
  }
}
