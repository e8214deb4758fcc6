package io.carillon.service;

import static io.carillon.service.Service.awaitRun;
import static io.carillon.service.Service.json;
import static io.carillon.service.Service.newName;
import static io.carillon.service.Service.read;
import static io.carillon.service.Service.runs;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.carillon.service.Receiver.Ring;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ByHandTest {

  private static final String KEY = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final String NEW_JOB =
      "{'tags':['service-test'],'schedule':{'type':'duration','every':'PT9H'},"
          + "'target':{'url':'http://127.0.0.1:9/'}}";

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
  void aRunByHandTakesItsPayloadAlongAndLeavesTheScheduleAlone() {
    // Given
    String job = service.job(newName("hand"));
    String next = read(job).getString("nextRunAt");
    given().post("/v1/jobs/" + job + "/pause").then().statusCode(200);

    // When
    Response accepted = json("{'payload':{'invoice':42}}").post("/v1/jobs/" + job + "/run");

    // Then
    accepted.then().statusCode(202).header("Location", containsString("/runs/" + job));
    String id = accepted.path("id");
    assertThat(awaitRun(id, "succeeded").getString("trigger")).isEqualTo("manual");
    Ring ring = service.receiver.rings(job).get(0);
    assertThat(ring.header("carillon-trigger")).isEqualTo("manual");
    JsonPath body = JsonPath.from(ring.body());
    assertThat(body.getInt("data.payload.invoice")).isEqualTo(42);
    assertThat(body.getString("data.runId")).isEqualTo(id);
    assertThat(read(job).getString("state")).isEqualTo("paused");
    given().post("/v1/jobs/" + job + "/resume").then().statusCode(200);
    assertThat(read(job).getString("nextRunAt")).isEqualTo(next);
  }

  @Test
  void aRepeatedRequestIsAnsweredLikeTheFirstAndRunsNothing() {
    // Given
    String job = service.job(newName("hand"));
    Response first = run(job, "once-" + job, "{'payload':1}");
    first.then().statusCode(202);

    // When
    Response again = run(job, "\"once-" + job + "\"", "{ 'payload' : 1 }");

    // Then
    again.then().statusCode(202).header(REPLAYED, equalTo("true"));
    assertThat(first.header(REPLAYED)).isNull();
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(runs(job, "")).hasSize(1);
  }

  @Test
  void aRepeatedCreationMakesOneJob() {
    // Given
    String key = newName("create") + System.nanoTime();
    Response first = json(NEW_JOB).header(KEY, key).post("/v1/jobs");
    first.then().statusCode(201);

    // When
    Response again = json(NEW_JOB).header(KEY, key).post("/v1/jobs");

    // Then
    again.then().statusCode(201).header(REPLAYED, equalTo("true"));
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
  }

  @Test
  void aRepeatedRequestMayOrderItsMembersOtherwise() {
    // Given
    String job = service.job(newName("hand"));
    Response first = run(job, "order-" + job, "{'payload':{'a':1,'b':[{'c':2,'d':3}]}}");

    // When
    Response again = run(job, "order-" + job, "{'payload': {'b': [{'d':3,'c':2}], 'a': 1}}");

    // Then
    again.then().statusCode(202).header(REPLAYED, equalTo("true"));
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(runs(job, "")).hasSize(1);
  }

  @Test
  void aRepeatedMemberIsRefusedAlsoUnderAKeyThatWasUsed() {
    // Given
    String job = service.job(newName("hand"));
    run(job, "twice-" + job, "{'payload':1}").then().statusCode(202);

    // When
    Response again = run(job, "twice-" + job, "{'payload':2,'payload':1}");

    // Then
    again.then().statusCode(400).body("type", equalTo("/problems/malformed-document"));
  }

  @Test
  void aCreationIsAnsweredAgainAsItWasThoughTheJobHasChangedAndGone() {
    // Given
    String key = newName("create") + System.nanoTime();
    String body =
        NEW_JOB.replace(
            "'http://127.0.0.1:9/'", "'http://127.0.0.1:9/','signingSecret':'generate'");
    Response first = json(body).header(KEY, key).post("/v1/jobs");
    String id = first.then().statusCode(201).extract().path("id");
    given().post("/v1/jobs/" + id + "/pause").then().statusCode(200);
    Response changed = json(body).header(KEY, key).post("/v1/jobs");
    given().delete("/v1/jobs/" + id).then().statusCode(204);

    // When
    Response gone = json(body).header(KEY, key).post("/v1/jobs");

    // Then
    for (Response again : List.of(changed, gone)) {
      again.then().statusCode(201).header(REPLAYED, equalTo("true"));
      assertThat(again.asString()).isEqualTo(first.asString());
    }
    assertThat(first.jsonPath().getString("target.signingSecret")).hasSizeGreaterThan(40);
    given().get("/v1/jobs/" + id).then().statusCode(404);
  }

  @Test
  void aRunIsAnsweredAgainAsItWasThoughItsJobHasGone() {
    // Given
    String job = service.job(newName("hand"));
    Response first = run(job, "gone-" + job, "{}");
    awaitRun(first.path("id"), "succeeded");
    given().delete("/v1/jobs/" + job).then().statusCode(204);

    // When
    Response again = run(job, "gone-" + job, "{}");

    // Then
    again.then().statusCode(202).header(REPLAYED, equalTo("true"));
    assertThat(again.asString()).isEqualTo(first.asString());
  }

  @Test
  void whatALimitRefusesMayBeTriedAgainUnderItsKey() {
    // Given
    String job = service.job(newName("hand"), "'concurrency':{'limit':1}");
    service.receiver.on(job, ring -> Thread.sleep(20_000)); // At work.
    String holding = Service.runNow(job);
    run(job, "limit-" + job, "{}").then().statusCode(409);
    given().post(Service.path(holding) + "/cancel").then().statusCode(202);

    // When
    Response accepted = run(job, "limit-" + job, "{'payload':'another body'}");

    // Then
    accepted.then().statusCode(202);
    assertThat(accepted.header(REPLAYED)).isNull();
  }

  @Test
  void aKeyIsForOneRequest() {
    // Given
    String job = service.job(newName("hand"));
    String other = service.job(newName("hand"));
    String key = "one-" + job;
    run(job, key, "{'payload':1}").then().statusCode(202);

    // When
    Response otherBody = run(job, key, "{'payload':2}");
    Response otherJob = run(other, key, "{'payload':1}");

    // Then
    for (Response refused : List.of(otherBody, otherJob)) {
      refused.then().statusCode(422).body("type", equalTo("/problems/idempotency-key-reused"));
    }
    assertThat(runs(other, "")).isEmpty();
  }

  @Test
  void aRefusedRequestGivesItsKeyBack() {
    // Given
    String key = newName("refused") + System.nanoTime();
    json("{'schedule':{}}").header(KEY, key).post("/v1/jobs").then().statusCode(422);

    // When
    Response better = json(NEW_JOB).header(KEY, key).post("/v1/jobs");

    // Then
    better.then().statusCode(201);
  }

  @Test
  void requestsAtOneTimeWithOneKeyRunTheJobOnce() {
    // Given
    String job = service.job(newName("hand"));

    // When
    List<CompletableFuture<Response>> asked =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> run(job, "race-" + job, "{}")))
            .toList();

    // Then
    List<Integer> statuses = asked.stream().map(answer -> answer.join().statusCode()).toList();
    assertThat(statuses).contains(202).isSubsetOf(202, 409);
    assertThat(runs(job, "")).hasSize(1);
  }

  @Test
  void aKeyThatIsNoneIsRefused() {
    // Given
    String job = service.job(newName("hand"));

    Stream.of("\"\"", "a b", "\"a", "x".repeat(256))
        .forEach(
            key -> {
              // When
              Response refused = run(job, key, "{}");

              // Then
              refused.then().statusCode(400).body("errors[0].parameter", equalTo(KEY));
            });
    run(job, "x".repeat(255 - job.length()) + job, "{}").then().statusCode(202);
  }

  private static Response run(String job, String key, String body) {
    return json(body).header(KEY, key).post("/v1/jobs/" + job + "/run");
  }
}
