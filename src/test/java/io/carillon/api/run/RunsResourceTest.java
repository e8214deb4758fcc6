package io.carillon.api.run;

import static io.carillon.Eventually.eventually;
import static io.carillon.api.Http.job;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.carillon.api.Http;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RunsResourceTest {

  @AfterEach
  void deleteAll() {
    Http.deleteAll();
  }

  @Test
  void aRunByHandIsAcceptedDeliveredAndRemembered() {
    // Given
    json(job("'retry':{'maxAttempts':1}")).put("/v1/jobs/by-hand").then().statusCode(201);

    // When
    Response accepted = json("{'payload':{'a':[1]}}").post("/v1/jobs/by-hand/run");

    // Then
    String run = accepted.path("id");
    accepted
        .then()
        .statusCode(202)
        .header("Location", endsWith("/v1/jobs/by-hand/runs/" + run))
        .body("trigger", equalTo("manual"))
        .body("jobId", equalTo("by-hand"));
    eventually()
        .untilAsserted(
            () ->
                when()
                    .get("/v1/jobs/by-hand/runs/" + run)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("failed"))
                    .body("reason", equalTo("connect"))
                    .body("attempts.number", contains(1)));
    when().get("/v1/jobs/by-hand/runs?state=failed").then().body("runs.id", contains(run));
    when().get("/v1/jobs/by-hand/runs?state=succeeded").then().body("runs", empty());
  }

  @Test
  void runsArePagedNewestFirst() {
    // Given
    json(job("'retry':{'maxAttempts':1}")).put("/v1/jobs/many-runs").then().statusCode(201);
    for (int i = 0; i < 5; i++) {
      given().post("/v1/jobs/many-runs/run").then().statusCode(202);
    }

    // When
    List<String> seen = new ArrayList<>();
    List<String> times = new ArrayList<>();
    String query = "?pageSize=2";
    while (query != null) {
      Response page = when().get("/v1/jobs/many-runs/runs" + query);
      seen.addAll(page.path("runs.id"));
      times.addAll(page.path("runs.scheduledAt"));
      String token = page.path("nextPageToken");
      query = token == null ? null : "?pageSize=2&pageToken=" + token;
    }

    // Then
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    assertThat(times).isSortedAccordingTo((one, other) -> other.compareTo(one));
  }

  @Test
  void aPausedJobRunsByHandToo() {
    json(job()).put("/v1/jobs/asleep").then().statusCode(201);
    given().post("/v1/jobs/asleep/pause").then().statusCode(200);
    given().post("/v1/jobs/asleep/run").then().statusCode(202);
    when().get("/v1/jobs/asleep/runs").then().body("runs", hasSize(1));
  }

  @Test
  void whatIsNotThereIsNotFoundAndWhatIsNoIdIsMalformed() {
    json(job()).put("/v1/jobs/runless").then().statusCode(201);

    when().get("/v1/jobs/runless/runs").then().statusCode(200).body("runs", empty());
    when().get("/v1/jobs/absent/runs").then().statusCode(404);
    given().post("/v1/jobs/absent/run").then().statusCode(404);
    when().get("/v1/jobs/runless/runs/runless_abc_123").then().statusCode(404);
    when().get("/v1/jobs/runless/runs/other_abc_123").then().statusCode(404);
    when().get("/v1/jobs/runless/runs/nonsense").then().statusCode(400);
    when().get("/v1/jobs/runless/runs?state=ended").then().statusCode(400);
    when().get("/v1/jobs/runless/runs?pageToken=MTpmb28").then().statusCode(400);
    json("{'payload':1,'x':2}").post("/v1/jobs/runless/run").then().statusCode(400);
  }
}
