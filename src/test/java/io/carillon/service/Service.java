package io.carillon.service;

import static io.carillon.Eventually.eventually;
import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The service as a client sees it, with a receiver; JSON is written with single quotes. */
final class Service implements AutoCloseable {

  private static final String TAG = "service-test";
  private static final AtomicInteger JOBS = new AtomicInteger();

  final Receiver receiver = new Receiver();

  Service() throws IOException {}

  /** A name that no other job of these tests has. */
  static String newName(String prefix) {
    return prefix + "-" + JOBS.incrementAndGet();
  }

  /** A job that runs by hand only, as long as a test lasts. */
  String job(String name, String... more) {
    return jobOn(name, "'type':'duration','every':'PT9H'", more);
  }

  /** A job on a schedule that rings the receiver at its own path, and waits long for answers. */
  String jobOn(String name, String schedule, String... more) {
    return jobTo(name, schedule, target(name, "'timeout':'PT10M'"), more);
  }

  String jobTo(String name, String schedule, String target, String... more) {
    String rest = more.length == 0 ? "" : "," + String.join(",", more);
    json("{'tags':['%s'],'schedule':{%s},'target':{%s}%s}".formatted(TAG, schedule, target, rest))
        .put("/v1/jobs/" + name)
        .then()
        .statusCode(201);
    return name;
  }

  /** The members of a target that rings the receiver at a path. */
  String target(String path, String... more) {
    String rest = more.length == 0 ? "" : "," + String.join(",", more);
    return "'url':'%s'%s".formatted(receiver.url(path), rest);
  }

  static RequestSpecification json(String singleQuoted) {
    return given().contentType(ContentType.JSON).body(singleQuoted.replace('\'', '"'));
  }

  static void patch(String job, String change) {
    json(change).patch("/v1/jobs/" + job).then().statusCode(200);
  }

  static void limitScheduler(String concurrency) {
    json("{'concurrency':%s}".formatted(concurrency)).patch("/v1/scheduler").then().statusCode(200);
  }

  /** Runs a job by hand, and answers the run's id. */
  static String runNow(String job) {
    return tryRunNow(job).statusCode(202).extract().path("id");
  }

  static ValidatableResponse tryRunNow(String job) {
    return given().post("/v1/jobs/" + job + "/run").then();
  }

  static JsonPath read(String job) {
    return given().get("/v1/jobs/" + job).then().statusCode(200).extract().jsonPath();
  }

  static JsonPath run(String id) {
    return given().get(path(id)).then().statusCode(200).extract().jsonPath();
  }

  /** Where a run is. */
  static String path(String run) {
    return "/v1/jobs/" + run.substring(0, run.indexOf('_')) + "/runs/" + run;
  }

  static List<Map<String, Object>> runs(String job, String query) {
    Response list = given().get("/v1/jobs/" + job + "/runs" + query);
    return list.then().statusCode(200).extract().jsonPath().getList("runs");
  }

  static JsonPath awaitRun(String id, String state) {
    return awaitThat(() -> run(id), run -> run.getString("state").equals(state));
  }

  static <T> T awaitThat(Callable<T> asked, Predicate<T> holds) {
    return eventually().pollInterval(Duration.ofMillis(50)).until(asked, holds);
  }

  /** Waits until a path was rung so often. */
  List<Receiver.Ring> awaitRings(String path, int least) {
    return awaitThat(() -> receiver.rings(path), rings -> rings.size() >= least);
  }

  /** Leaves nothing behind. */
  @Override
  public void close() {
    limitScheduler("null");
    given().queryParam("tag", TAG).delete("/v1/jobs").then().statusCode(200);
    receiver.close();
  }
}
