package io.carillon.service;

import static io.carillon.Eventually.eventually;
import static io.carillon.service.Receiver.answer;
import static io.carillon.service.Receiver.silence;
import static io.carillon.service.Receiver.statuses;
import static io.carillon.service.Service.awaitRun;
import static io.carillon.service.Service.json;
import static io.carillon.service.Service.newName;
import static io.carillon.service.Service.path;
import static io.carillon.service.Service.read;
import static io.carillon.service.Service.run;
import static io.carillon.service.Service.runNow;
import static io.carillon.service.Service.runs;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.carillon.service.Receiver.Ring;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RunVerbsTest {

  private static final String ONCE = "'retry':{'maxAttempts':1}";

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
  void aQueuedRunIsCancelledAtOnceAndNeverRings() {
    // Given
    String job = busy("'concurrency':{'limit':1,'onLimit':'queue'}");
    String first = runNow(job);
    service.awaitRings(job, 1);
    String queued = runNow(job);

    // When
    ValidatableResponse cancelled = verb(queued, "cancel");

    // Then
    cancelled.statusCode(202).body("state", equalTo("cancelled")).body("id", equalTo(queued));
    verb(first, "cancel").statusCode(202);
    awaitRun(runNow(job), "running");
    assertThat(service.receiver.rings(job))
        .extracting(ring -> ring.header("webhook-id"))
        .doesNotContain(queued);
    assertThat(runs(job, "?state=cancelled")).hasSize(2);
  }

  @Test
  void cancellingARunningRunDropsTheConnection() {
    // Given
    String job = service.job(newName("verbs"));
    AtomicBoolean dropped = new AtomicBoolean();
    service.receiver.on(job, ring -> dribble(ring, dropped));
    String id = runNow(job);
    service.awaitRings(job, 1);

    // When
    ValidatableResponse cancelled = verb(id, "cancel");

    // Then
    cancelled.statusCode(202).body("state", equalTo("cancelled"));
    eventually().untilTrue(dropped);
    assertThat(run(id).getString("state")).isEqualTo("cancelled");
    assertThat(run(id).getString("attempts[0].error")).isEqualTo("cancelled");
    assertThat(read(job).getInt("counters.succeeded")).isZero();
    verb(id, "cancel").statusCode(409).body("type", equalTo("/problems/conflict"));
  }

  /** Writes until nobody reads any more. */
  private static void dribble(Ring ring, AtomicBoolean dropped) throws InterruptedException {
    try {
      Receiver.dribble(ring);
    } catch (IOException nobodyReads) {
      dropped.set(true);
    }
  }

  @Test
  void aRunThatWaitsForItsNextAttemptCanBeCancelled() {
    // Given
    String job = service.job(newName("verbs"), "'retry':{'maxAttempts':3,'initialDelay':'PT1H'}");
    service.receiver.on(job, statuses(500));
    String id = runNow(job);
    awaitRun(id, "retrying");

    // When
    verb(id, "cancel").statusCode(202);

    // Then
    assertThat(run(id).getString("state")).isEqualTo("cancelled");
    assertThat(run(id).getList("attempts")).hasSize(1);
    assertThat(read(job).getInt("counters.failed")).isZero();
  }

  @Test
  void whatThereIsNotCanBeNeitherCancelledNorRedelivered() {
    // Given
    String job = service.job(newName("verbs"));
    String id = runNow(job);
    awaitRun(id, "succeeded");

    // Then
    verb(id + "0", "cancel").statusCode(404);
    verb(id + "0", "redeliver").statusCode(404);
    verb(id, "cancel").statusCode(409);
    given().post("/v1/jobs/" + job + "/runs/nonsense/cancel").then().statusCode(400);
  }

  @Test
  void aRedeliveredRunKeepsItsNameAndItsPayloadAndItsNewOutcomeReplacesTheOld() {
    // Given
    String job = service.job(newName("verbs"), ONCE);
    service.receiver.on(job, statuses(500, 200));
    String id =
        json("{'payload':{'invoice':42}}")
            .post("/v1/jobs/" + job + "/run")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    awaitRun(id, "failed");

    // When
    verb(id, "redeliver").statusCode(202).body("id", equalTo(id));

    // Then
    JsonPath run = awaitRun(id, "succeeded");
    assertThat(run.getList("attempts.number")).containsExactly(1, 2);
    assertThat(run.getList("attempts.status")).containsExactly(500, 200);
    List<Ring> rings = service.receiver.rings(job);
    assertThat(rings).extracting(ring -> ring.header("webhook-id")).containsExactly(id, id);
    assertThat(rings).extracting(r -> r.header("carillon-attempt")).containsExactly("1", "2");
    assertThat(rings).allSatisfy(ring -> assertThat(ring.body()).contains("{\"invoice\":42}"));
    JsonPath counters = read(job);
    assertThat(counters.getInt("counters.started")).isEqualTo(1);
    assertThat(counters.getInt("counters.failed")).isZero();
    assertThat(counters.getInt("counters.succeeded")).isEqualTo(1);
    assertThat(runs(job, "")).hasSize(1);
    given()
        .get("/v1/runs?state=failed&pageSize=500")
        .then()
        .body("runs.id.contains('" + id + "')", equalTo(false));
  }

  @Test
  void aRunThatHasNotEndedIsNotRedelivered() {
    // Given
    String job = busy();
    String id = runNow(job);
    service.awaitRings(job, 1);

    // When
    ValidatableResponse answer = verb(id, "redeliver");

    // Then
    answer.statusCode(409).body("detail", containsString("not ended"));
  }

  @Test
  void redeliveryObeysTheLimits() {
    // Given
    String job = service.job(newName("verbs"), "'concurrency':{'limit':1}");
    service.receiver.on(
        job,
        ring -> {
          if (ring.number() > 1) {
            silence().on(ring);
          }
          answer(ring, 200);
        });
    String ended = runNow(job);
    awaitRun(ended, "succeeded");
    runNow(job);
    service.awaitRings(job, 2);

    // When
    ValidatableResponse answer = verb(ended, "redeliver");

    // Then
    answer.statusCode(409).body("detail", containsString("overlap"));
    assertThat(run(ended).getString("state")).isEqualTo("succeeded");
    assertThat(read(job).getInt("counters.succeeded")).isEqualTo(1);
  }

  /** A job whose receiver does not answer. */
  private String busy(String... more) {
    String job = service.job(newName("verbs"), more);
    service.receiver.on(job, silence());
    return job;
  }

  private static ValidatableResponse verb(String run, String verb) {
    return given().post(path(run) + '/' + verb).then();
  }
}
