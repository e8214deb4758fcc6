package io.carillon.api;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SmokeTest {
  @Test
  void x() {
    String job =
        "{\"schedule\":{\"type\":\"duration\",\"every\":\"PT1H\"},\"target\":{\"url\":\"http://127.0.0.1:9/\"}}";
    given().contentType("application/json").body(job).put("/v1/jobs/a").then().log().all();
    given().contentType("application/json").body(job).post("/v1/jobs").then().log().all();
    given().get("/v1/jobs").then().log().all();
    given().get("/v1/nothing").then().log().all();
    given().get("/nothing").then().log().all();
    given().delete("/v1/scheduler").then().log().all();
    given().put("/v1/jobs/batch").then().log().all();
    given().delete("/v1/jobs/batch").then().log().all();
    given().get("/v1/jobs/batch").then().log().all();
    given().post("/v1/jobs/export").then().log().all();
    given().accept("text/html").get("/v1/jobs").then().log().all();
    given().contentType("text/plain").body("x").put("/v1/jobs/a").then().log().all();
    given().post("/v1/jobs/a/pause").then().log().all();
    given().contentType("application/json").post("/v1/jobs/a/pause").then().log().all();
    given().post("/v1/jobs/a/resume").then().log().all();
    given().contentType("application/json").post("/v1/jobs").then().log().all();
    given().post("/v1/jobs").then().log().all();
    given()
        .contentType("application/json")
        .body("{\"schedule\":{\"type\":\"duration\",\"every\":5},\"x\":1,")
        .post("/v1/jobs")
        .then()
        .log()
        .all();
    given()
        .contentType("application/json")
        .body(
            "{\"schedule\":{\"type\":\"duration\",\"every\":5},\"x\":1, \"target\":{\"url\":\"ftp://x\",\"timeout\":\"PT0S\"}, \"tags\":[\"a\",\"\"]}")
        .post("/v1/jobs")
        .then()
        .log()
        .all();
    given()
        .contentType("application/json")
        .body("\"" + "x".repeat(300_000) + "\"")
        .post("/v1/jobs")
        .then()
        .log()
        .all();
    given().get("/v1/jobs/a/next-runs").then().log().all();
    given().post("/v1/jobs/a/run").then().log().all();
    given().get("/v1/jobs/a/runs").then().log().all();
    given().get("/v1/scheduler").then().log().all();
    given().get("/v1/jobs/export").then().log().all();
    given().get("/problems/not-found").then().log().all();
    given().urlEncodingEnabled(false).get("/v1/jobs/%zz").then().log().all();
    given().urlEncodingEnabled(false).get("/v1/jobs?tag=%zz").then().log().all();
  }
}
