package io.carillon.service;

import static io.carillon.service.Receiver.behind;
import static io.carillon.service.Service.awaitRun;
import static io.carillon.service.Service.awaitThat;
import static io.carillon.service.Service.json;
import static io.carillon.service.Service.limitScheduler;
import static io.carillon.service.Service.newName;
import static io.carillon.service.Service.patch;
import static io.carillon.service.Service.read;
import static io.carillon.service.Service.run;
import static io.carillon.service.Service.runNow;
import static io.carillon.service.Service.runs;
import static io.carillon.service.Service.tryRunNow;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.carillon.service.Receiver.Ring;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LimitsTest {

  private static final String EACH_SECOND = "'type':'duration','every':'PT1S'";
  private static final String ONE_OR_SKIP = "'concurrency':{'limit':1,'onLimit':'skip'}";
  private static final String ONE_OR_WAIT = "'concurrency':{'limit':1,'onLimit':'queue'}";

  private final Semaphore gate = new Semaphore(0);
  private Service service;

  @BeforeEach
  void open() throws IOException {
    service = new Service();
  }

  @AfterEach
  void close() {
    gate.release(1000);
    service.close();
  }

  @Test
  void aRunByHandThatTheLimitRefusesLeavesNothing() {
    // Given
    String job = held(service.job(newName("limits"), ONE_OR_SKIP));
    String first = runNow(job);
    awaitRun(first, "running");

    // When
    tryRunNow(job).statusCode(409).body("detail", containsString("overlap"));

    // Then
    assertThat(runs(job, "")).extracting(run -> run.get("id")).containsExactly(first);
    assertThat(read(job).getInt("counters.started")).isEqualTo(1);
    assertThat(read(job).getInt("counters.skipped")).isZero();
  }

  @Test
  void occurrencesThatFindNoSlotFoldIntoOneSkippedRun() {
    // Given
    String job = newName("limits");
    held(job);

    // When
    service.jobOn(job, EACH_SECOND, ONE_OR_SKIP);

    // Then
    Map<String, Object> skipped =
        awaitThat(
                () -> runs(job, "?state=skipped"),
                list -> !list.isEmpty() && (Integer) list.get(0).get("missed") >= 2)
            .get(0);
    assertThat(skipped.get("reason")).isEqualTo("overlap");
    assertThat(runs(job, "?state=skipped")).hasSize(1);
    assertThat(service.receiver.rings(job)).hasSize(1);
    assertThat(read(job).getInt("counters.skipped")).isGreaterThanOrEqualTo(2);
    assertThat(read(job).getInt("counters.started")).isEqualTo(1);
    assertThat(read(job).getMap("lastRun")).isNull();
  }

  @Test
  void runsThatWaitGoOnInTheOrderOfTheirComing() {
    // Given
    String job = held(service.job(newName("limits"), ONE_OR_WAIT));
    String first = runNow(job);
    awaitRun(first, "running");
    String second = runNow(job);
    String third = runNow(job);
    assertThat(run(second).getString("state")).isEqualTo("queued");
    assertThat(run(third).getString("state")).isEqualTo("queued");
    assertThat(runs(job, "?state=queued")).hasSize(2);

    // When
    gate.release();
    awaitRun(second, "running");
    assertThat(run(third).getString("state")).isEqualTo("queued");
    gate.release(2);

    // Then
    awaitRun(third, "succeeded");
    assertThat(service.receiver.rings(job))
        .extracting(ring -> ring.header("webhook-id"))
        .containsExactly(first, second, third);
  }

  @Test
  void whatExceedsTheQueueIsRefused() {
    // Given
    String job =
        held(
            service.job(
                newName("limits"), "'concurrency':{'limit':1,'onLimit':'queue','maxQueue':1}"));
    runNow(job);
    runNow(job);

    // When
    tryRunNow(job).statusCode(409).body("detail", containsString("queue-full"));

    // Then
    assertThat(runs(job, "")).hasSize(2);
  }

  @Test
  void anOccurrenceThatExceedsTheQueueIsSkipped() {
    // Given
    String job = newName("limits");
    held(job);

    // When
    service.jobOn(job, EACH_SECOND, "'concurrency':{'limit':1,'onLimit':'queue','maxQueue':1}");

    // Then
    List<Map<String, Object>> skipped =
        awaitThat(() -> runs(job, "?state=skipped"), list -> !list.isEmpty());
    assertThat(skipped.get(0).get("reason")).isEqualTo("queue-full");
    assertThat(runs(job, "?state=queued")).hasSize(1);
  }

  @Test
  void raisingTheLimitOfAJobStartsItsWaitingAtOnce() {
    // Given
    String job = held(service.job(newName("limits"), ONE_OR_WAIT));
    runNow(job);
    String waiting = runNow(job);
    service.awaitRings(job, 1);

    // When
    patch(job, "{'concurrency':{'limit':2}}");

    // Then
    awaitRun(waiting, "running");
    assertThat(service.awaitRings(job, 2)).hasSize(2);
  }

  @Test
  void aLimitOfNothingIsRefused() {
    for (String limit : List.of("0", "-1")) {
      String concurrency = "{'concurrency':{'limit':%s}}".formatted(limit);
      String job = service.job(newName("limits"));
      json(concurrency).patch("/v1/jobs/" + job).then().statusCode(422);
      json(concurrency).patch("/v1/scheduler").then().statusCode(422);
    }
  }

  @Test
  void theSchedulersLimitSkipsWhatFindsNoSlot() {
    // Given
    limitScheduler("{'limit':1,'onLimit':'skip'}");
    String busy = held(service.job(newName("limits")));
    runNow(busy);
    service.awaitRings(busy, 1);

    // When
    tryRunNow(service.job(newName("limits")))
        .statusCode(409)
        .body("detail", containsString("limit"));
    String scheduled = service.jobOn(newName("limits"), EACH_SECOND);

    // Then
    List<Map<String, Object>> skipped =
        awaitThat(() -> runs(scheduled, "?state=skipped"), list -> !list.isEmpty());
    assertThat(skipped.get(0).get("reason")).isEqualTo("limit");
    assertThat(service.receiver.rings(scheduled)).isEmpty();
  }

  @Test
  void raisingTheSchedulersLimitStartsTheWaitingAtOnce() {
    // Given
    limitScheduler("{'limit':1,'onLimit':'queue'}");
    String busy = held(service.job(newName("limits")));
    String other = held(service.job(newName("limits")));
    runNow(busy);
    service.awaitRings(busy, 1);
    String waiting = runNow(other);
    assertThat(run(waiting).getString("state")).isEqualTo("queued");
    JsonPath scheduler = given().get("/v1/scheduler").jsonPath();
    assertThat(scheduler.getInt("active")).isEqualTo(1);
    assertThat(scheduler.getInt("queued")).isEqualTo(1);

    // When
    limitScheduler("{'limit':2,'onLimit':'queue'}");

    // Then
    awaitRun(waiting, "running");
  }

  @Test
  void takingTheSchedulersLimitAwayStartsAllThatWait() {
    // Given
    limitScheduler("{'limit':1,'onLimit':'queue'}");
    String busy = held(service.job(newName("limits")));
    runNow(busy);
    String second = runNow(busy);
    String third = runNow(busy);

    // When
    limitScheduler("null");

    // Then
    awaitRun(second, "running");
    awaitRun(third, "running");
  }

  @Test
  void aJobHoldsOnePlaceInTheSchedulersQueueSoItDoesNotStarveTheOthers() {
    // Given
    limitScheduler("{'limit':1,'onLimit':'queue'}");
    String greedy = held(service.job(newName("limits"), "'concurrency':{'limit':5}"));
    String modest = held(service.job(newName("limits")));
    String first = runNow(greedy);
    service.awaitRings(greedy, 1);
    String second = runNow(greedy);
    String third = runNow(greedy);
    String others = runNow(modest);

    // When
    gate.release(4);

    // Then
    for (String id : List.of(first, second, third, others)) {
      awaitRun(id, "succeeded");
    }
    assertThat(service.receiver.rings())
        .extracting(ring -> ring.header("webhook-id"))
        .containsExactly(first, second, others, third);
  }

  @Test
  void whereTheJobQueuesAndTheSchedulerSkipsTheRunIsSkippedWhenItComesToTheSlot() {
    // Given
    String job = held(service.job(newName("limits"), ONE_OR_WAIT));
    String busy = held(service.job(newName("limits")));
    runNow(job);
    service.awaitRings(job, 1);
    String waiting = runNow(job);
    runNow(busy);
    service.awaitRings(busy, 1);
    limitScheduler("{'limit':1,'onLimit':'skip'}");

    // When
    given().post(Service.path(first(job)) + "/cancel").then().statusCode(202);

    // Then
    JsonPath skipped = awaitRun(waiting, "skipped");
    assertThat(skipped.getString("reason")).isEqualTo("limit");
  }

  private static String first(String job) {
    return (String) runs(job, "?state=running").get(0).get("id");
  }

  @Test
  void anUpdateDisturbsNeitherTheRunningRunNorTheHistory() {
    // Given
    String job = held(service.job(newName("limits")));
    gate.release();
    String before = runNow(job);
    awaitRun(before, "succeeded");
    String running = runNow(job);
    service.awaitRings(job, 2);

    // When
    json("{'tags':['service-test'],'schedule':{'type':'duration','every':'PT8H'},'target':{%s}}"
            .formatted(service.target("elsewhere")))
        .put("/v1/jobs/" + job)
        .then()
        .statusCode(200);
    gate.release();

    // Then
    awaitRun(running, "succeeded");
    assertThat(runs(job, "")).extracting(run -> run.get("id")).contains(before, running);
    assertThat(read(job).getInt("counters.succeeded")).isEqualTo(2);
    assertThat(service.receiver.rings("elsewhere")).isEmpty();
  }

  @Test
  void runsNeverOverlapBeyondTheLimit() {
    // Given
    String job =
        service.job(newName("limits"), "'concurrency':{'limit':2,'onLimit':'queue','maxQueue':50}");
    Semaphore free = new Semaphore(2);
    List<Ring> tooMany = new CopyOnWriteArrayList<>();
    service.receiver.on(
        job,
        ring -> {
          boolean within = free.tryAcquire();
          if (!within) {
            tooMany.add(ring);
          }
          Thread.sleep(30); // At work, so that others may come meanwhile.
          if (within) {
            free.release();
          }
          Receiver.answer(ring, 200);
        });

    // When
    for (int i = 0; i < 20; i++) {
      runNow(job);
    }

    // Then
    awaitThat(() -> read(job).getInt("counters.succeeded"), done -> done == 20);
    assertThat(tooMany).isEmpty();
  }

  /** Has the receiver answer the job's webhooks only as the gate allows. */
  private String held(String job) {
    service.receiver.on(job, behind(gate));
    return job;
  }
}
