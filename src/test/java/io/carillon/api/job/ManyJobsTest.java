package io.carillon.api.job;

import static io.carillon.api.Http.job;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.carillon.api.Http;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ManyJobsTest {

  @AfterEach
  void deleteAll() {
    Http.deleteAll();
  }

  @Test
  void aBatchAnswersEachJobByItselfInItsOrder() {
    // Given
    json(job()).put("/v1/jobs/there-already").then().statusCode(201);

    // Then
    json("{'jobs':["
            + job("'id':'there-already'", "'name':'new'")
            + ","
            + job("'id':'batch-new'")
            + ","
            + job()
            + ","
            + job("'id':'batch'", "'maxRuns':0", "'x':1")
            + ",5]}")
        .post("/v1/jobs/batch")
        .then()
        .statusCode(200)
        .body("results.index", contains(0, 1, 2, 3, 4))
        .body("results.status", contains(200, 201, 201, 400, 400))
        .body("results[0].job.name", equalTo("new"))
        .body("results[3].problem.type", equalTo("/problems/malformed-document"))
        .body("results[3].problem.errors.pointer", contains("#/x", "#/maxRuns", "#/id"))
        .body("results[4].problem.errors.pointer", contains("#"));
    when().get("/v1/jobs/batch-new").then().statusCode(200);
  }

  @Test
  void oneIdTwiceInABatchIsOneRequestAfterTheOther() {
    json("{'jobs':["
            + job("'id':'twice'", "'name':'first'")
            + ","
            + job("'id':'between'")
            + ","
            + job("'id':'twice'", "'name':'second'")
            + "]}")
        .post("/v1/jobs/batch")
        .then()
        .statusCode(200)
        .body("results.index", contains(0, 1, 2))
        .body("results.status", contains(201, 201, 200))
        .body("results.job.revision", contains(1, 1, 2))
        .body("results.job.name", contains("first", null, "second"));
    when().get("/v1/jobs/twice").then().body("name", equalTo("second"));
  }

  @Test
  void idsGivenInABatchGrowInItsOrder() {
    // Given
    String jobs = IntStream.range(0, 200).mapToObj(i -> job()).collect(Collectors.joining(","));

    // When
    List<String> ids =
        json("{'jobs':[" + jobs + "]}").post("/v1/jobs/batch").path("results.job.id");

    // Then
    assertThat(ids).hasSize(200).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aBatchHasALimitAndAForm() {
    // Given
    String tooMany = "{},".repeat(1_000) + "{}";

    // Then
    json("{'jobs':[" + tooMany + "]}").post("/v1/jobs/batch").then().statusCode(422);
    json("{'jobs':[]}").post("/v1/jobs/batch").then().statusCode(200).body("results", hasSize(0));
    json("{}").post("/v1/jobs/batch").then().statusCode(422);
    json("{'jobs':{}}").post("/v1/jobs/batch").then().statusCode(400);
    json("[]").post("/v1/jobs/batch").then().statusCode(400);
  }

  @Test
  void aBatchMayBeLargerThanASingleJob() {
    // Given
    String large = job("'description':'" + "x".repeat(4_000) + "'");
    String jobs = IntStream.range(0, 100).mapToObj(i -> large).collect(Collectors.joining(","));

    // Then
    json("{'jobs':[" + jobs + "]}").post("/v1/jobs/batch").then().statusCode(200);
    json(job("'x':'" + "x".repeat(1_100_000) + "'")).post("/v1/jobs").then().statusCode(413);
  }

  @Test
  void whatIsDoneToATagIsDoneToItsJobsOnly() {
    // Given
    json(job()).put("/v1/jobs/tagged-a").then().statusCode(201);
    json(job()).put("/v1/jobs/tagged-b").then().statusCode(201);
    json("{'schedule':{'type':'duration','every':'PT9H'},'target':{'url':'http://127.0.0.1:9/'}}")
        .put("/v1/jobs/untagged")
        .then()
        .statusCode(201);

    // Then
    tagged().post("/v1/jobs/pause").then().statusCode(200).body("changed", equalTo(2));
    tagged().post("/v1/jobs/pause").then().statusCode(200).body("changed", equalTo(0));
    when().get("/v1/jobs/untagged").then().body("state", equalTo("active"));
    tagged().post("/v1/jobs/resume").then().statusCode(200).body("changed", equalTo(2));
    tagged().delete("/v1/jobs").then().statusCode(200).body("deleted", equalTo(2));
    when().get("/v1/jobs/tagged-a").then().statusCode(404);
    when().delete("/v1/jobs/untagged").then().statusCode(204);
  }

  @Test
  void nothingIsDoneToEveryJobForLackOfATag() {
    when().delete("/v1/jobs").then().statusCode(400);
    when().delete("/v1/jobs?tag=").then().statusCode(400);
    when().delete("/v1/jobs?tags=api-test").then().statusCode(400);
    given().post("/v1/jobs/pause").then().statusCode(400);
    given().post("/v1/jobs/resume").then().statusCode(400);
  }

  private static RequestSpecification tagged() {
    return given().queryParam("tag", Http.TAG);
  }
}
