package io.carillon.api.problem;

import static io.carillon.api.Http.job;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.carillon.api.Http;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsTest {

  @Test
  void whatNobodyServesIsNotFound() {
    isProblem(when().get("/nowhere"), 404, "not-found");
    isProblem(when().get("/v1/nothing"), 404, "not-found");
    isProblem(when().get("/v1/jobs/absent"), 404, "not-found");
    isProblem(when().get("/problems/unheard-of"), 404, "not-found");
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    isProblem(when().delete("/v1/scheduler"), 405, "method-not-allowed")
        .then()
        .header("Allow", allOf(containsString("GET"), containsString("PATCH")));
    isProblem(given().post("/v1/jobs/a"), 405, "method-not-allowed")
        .then()
        .header("Allow", allOf(containsString("PUT"), not(containsString("POST"))));
    isProblem(given().post("/v1/jobs/export"), 405, "method-not-allowed");
    isProblem(when().put("/v1/jobs"), 405, "method-not-allowed");
  }

  @Test
  void mediaTypesAreHeldTo() {
    isProblem(given().accept("text/html").get("/v1/jobs"), 406, "not-acceptable");
    isProblem(given().accept("application/json").get("/v1/events"), 406, "not-acceptable");
    isProblem(
        given().contentType("text/plain").body("{}").post("/v1/jobs"),
        415,
        "unsupported-media-type");
    isProblem(
        given().contentType("application/merge-patch+json").body("{}").post("/v1/jobs"),
        415,
        "unsupported-media-type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/jobs            | application/json;q=0, */*",
        "/v1/jobs            | application/*;q=0, application/xml",
        "/v1/jobs/export     | application/x-ndjson;q=0, */*",
        "/v1/events          | text/event-stream;q=0, */*",
        "/v1/jobs/absent/events?after=0-0 | text/*;q=0, */*;q=0.1",
        "/problems/not-found | text/html;q=0.000, text/*",
      })
  void whatIsRefusedByItsWeightIsNotAcceptable(String path, String accept) {
    isProblem(given().header("Accept", accept).get(path), 406, "not-acceptable");
  }

  @Test
  void problemsAreProblemsWhateverIsAccepted() {
    isProblem(
        given()
            .header("Accept", "application/json, application/problem+json;q=0")
            .get("/v1/jobs/absent"),
        404,
        "not-found");
    isProblem(given().header("Accept", "*/*;q=0").get("/nowhere"), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "identity, br", "deflate", "x-unheard-of"})
  void encodedBodiesAreRefused(String coding) {
    isProblem(
            given()
                .contentType("application/json")
                .header("Content-Encoding", coding)
                .body("{}")
                .post("/v1/jobs"),
            415,
            "unsupported-media-type")
        .then()
        .header("Accept-Encoding", "identity");
  }

  @Test
  void aBodyWithoutACodingIsReadWhateverItIsCalled() {
    isProblem(
        given()
            .contentType("application/json")
            .header("Content-Encoding", "Identity")
            .body("{}")
            .post("/v1/jobs"),
        422,
        "invalid-document");
    given().header("Content-Encoding", "gzip").get("/v1/jobs").then().statusCode(200);
  }

  @Test
  void malformedJsonIsExplainedWithItsPlace() {
    isProblem(json("{\n 'a': 01}").post("/v1/jobs"), 400, "malformed-json")
        .then()
        .body(
            "detail",
            equalTo(
                "A number must not begin with a zero that another digit follows (line 2, column 9)."));
  }

  @Test
  void aFailedPreconditionNamesBothRevisions() {
    json(job()).put("/v1/jobs/etag").then().statusCode(201);
    isProblem(
            json(job()).header("If-Match", "\"5\", \"7\"").put("/v1/jobs/etag"),
            412,
            "precondition-failed")
        .then()
        .body("title", equalTo("Precondition failed"))
        .body(
            "detail",
            equalTo("The ETag does not match: job etag is at revision 1, the request names 5, 7."));
    isProblem(
            given().header("If-Match", "W/\"1\"").post("/v1/jobs/etag/run"),
            412,
            "precondition-failed")
        .then()
        .body("detail", containsString("names no revision"));
    isProblem(
            json(job()).header("If-None-Match", "*").put("/v1/jobs/etag"),
            412,
            "precondition-failed")
        .then()
        .body("detail", equalTo("The job must not exist: job etag is at revision 1."));
    isProblem(
            json(job()).header("If-Match", "*").put("/v1/jobs/absent"), 412, "precondition-failed")
        .then()
        .body(
            "detail",
            equalTo("The ETag does not match: job absent does not exist, the request names any."));
    Http.deleteAll();
  }

  @Test
  void bodiesThatAreNoJson() {
    isProblem(json("{'a':").post("/v1/jobs"), 400, "malformed-json")
        .then()
        .body("detail", containsString("line 1"));
    isProblem(json("{} {}").post("/v1/jobs"), 400, "malformed-json");
    isProblem(json("[".repeat(10_000)).post("/v1/jobs"), 400, "malformed-json");
    isProblem(json("").post("/v1/jobs"), 400, "malformed-document");
    isProblem(given().post("/v1/jobs"), 400, "malformed-document");
  }

  @Test
  void documentsOfTheWrongFormAreToldFromImpossibleOnes() {
    isProblem(json(job("'x':1", "'maxRuns':0")).post("/v1/jobs"), 400, "malformed-document")
        .then()
        .body("errors.pointer", hasItems("#/x", "#/maxRuns"))
        .body("errors.code", hasItems("unknown-member", "out-of-range"));
    isProblem(json(job("'maxRuns':0")).post("/v1/jobs"), 422, "invalid-document");
  }

  @Test
  void largeBodiesAreRefused() {
    isProblem(json("'" + "x".repeat(1_100_000) + "'").put("/v1/jobs/large"), 413, "too-large");
    isProblem(json("'" + "x".repeat(9_000_000) + "'").post("/v1/jobs/batch"), 413, "too-large");
  }

  @Test
  void parametersAreHeldToTheirForm() {
    isProblem(when().get("/v1/jobs/Not_An_Id"), 400, "invalid-parameter");
    isProblem(
            when().get("/v1/jobs?pageSize=0&state=asleep&pageToken=x&tag=a%20b"),
            400,
            "invalid-parameter")
        .then()
        .body("errors.parameter", hasItems("pageSize", "state", "pageToken", "tag"));
    isProblem(when().get("/v1/jobs?tags=a"), 400, "invalid-parameter")
        .then()
        .body("errors[0].detail", containsString("tag"));
    isProblem(when().get("/v1/jobs?state=active&state=paused"), 400, "invalid-parameter");
    when().get("/v1/jobs?pageSize=100000").then().statusCode(200);
  }

  /** Left out, it would widen what is found, paused or deleted. */
  @Test
  void anEmptyTagIsNoTagWhereverItStands() {
    json(job()).put("/v1/jobs/tagged").then().statusCode(201);

    for (String query :
        List.of(
            "tag=",
            "tag",
            "tag=&tag=",
            "t%61g=",
            "tag=" + Http.TAG + "&tag=",
            "tag=&tag=" + Http.TAG,
            "tag=" + Http.TAG + "&tag")) {
      isProblem(when().get("/v1/jobs?" + query), 400, "invalid-parameter");
      isProblem(when().delete("/v1/jobs?" + query), 400, "invalid-parameter");
      isProblem(when().post("/v1/jobs/pause?" + query), 400, "invalid-parameter");
      isProblem(when().post("/v1/jobs/resume?" + query), 400, "invalid-parameter");
    }
    isProblem(when().get("/v1/events?tag="), 400, "invalid-parameter");
    isProblem(when().get("/v1/jobs?state="), 400, "invalid-parameter");
    isProblem(when().get("/v1/jobs?pageSize="), 400, "invalid-parameter");
    when().get("/v1/jobs/tagged").then().statusCode(200).body("state", equalTo("active"));
    when().delete("/v1/jobs/tagged").then().statusCode(204);
  }

  @Test
  void aBodyThatNobodyReadsHoldsNobodyUp() {
    String large = "x".repeat(9_000_000);

    isProblem(
        given().contentType("text/plain").body(large).post("/v1/jobs"),
        415,
        "unsupported-media-type");
    isProblem(given().body(large).post("/nowhere"), 404, "not-found");
    isProblem(given().body(large).delete("/v1/scheduler"), 405, "method-not-allowed");
  }

  @ParameterizedTest
  @EnumSource(ProblemKind.class)
  void everyKindHasAPage(ProblemKind kind) {
    given()
        .accept("text/html")
        .get(kind.type().toString())
        .then()
        .statusCode(200)
        .contentType(containsString("text/html"))
        .body(containsString(kind.title()));
  }

  private static Response isProblem(Response response, int status, String kind) {
    response
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/" + kind))
        .body("status", equalTo(status))
        .body("title", not(blankOrNullString()))
        .body("detail", not(blankOrNullString()))
        .body("instance", not(blankOrNullString()));
    return response;
  }
}
