package io.carillon.api.job;

import static io.carillon.api.Http.job;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.carillon.Eventually;
import io.carillon.api.Http;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of jobs, as its parameters narrow and order it. */
@QuarkusTest
class JobListTest {

  @AfterEach
  void deleteAll() {
    Http.deleteAll();
  }

  private static void put(String id, String... more) {
    json(job(more)).put("/v1/jobs/" + id).then().statusCode(201);
  }

  private static RequestSpecification tagged() {
    return given().queryParam("tag", Http.TAG);
  }

  private static List<String> ids(Map<String, ?> query) {
    return tagged()
        .queryParams(query)
        .get("/v1/jobs")
        .then()
        .statusCode(200)
        .extract()
        .path("jobs.id");
  }

  /** All pages, of two jobs each. */
  private static List<String> pages(Map<String, ?> query) {
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      Response page =
          tagged()
              .queryParams(query)
              .queryParam("pageSize", 2)
              .queryParam("pageToken", token)
              .get("/v1/jobs");
      ids.addAll(page.then().statusCode(200).extract().path("jobs.id"));
      token = page.path("nextPageToken");
    } while (token != null);
    return ids;
  }

  @ParameterizedTest
  @CsvSource({
    "NIGHT, list-nightly",
    "'bells of', list-named",
    "'  ghent \tbells ', list-named",
    "café, list-named",
    "CAFÉ, list-named",
    "towers, list-url",
    "'towers https', list-url",
    "'towers nightly', ",
  })
  void everyWordOfASearchMustBeFound(String q, String expected) {
    // Given
    put("list-nightly");
    put("list-named", "'name':'The Bells of Ghent, Café'");
    json(job().replace("http://127.0.0.1:9/", "https://towers.example/Ring"))
        .put("/v1/jobs/list-url")
        .then()
        .statusCode(201);

    // Then
    assertThat(ids(Map.of("q", q))).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void aSearchFindsTagsToo() {
    put("list-a");

    assertThat(ids(Map.of("q", Http.TAG.toUpperCase()))).containsExactly("list-a");
  }

  @Test
  void wordsHaveTwoToSixtyFourCharacters() {
    put("list-a", "'name':'" + "\u00e9".repeat(64) + "'");

    assertThat(ids(Map.of("q", "\u00c9".repeat(64)))).containsExactly("list-a");
    assertThat(ids(Map.of("q", "st"))).containsExactly("list-a");
    assertThat(ids(Map.of("q", "\ud83d\udd14".repeat(64)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "bells x", "\u00e9", "\ud83d\udd14", " ", "\u2003"})
  void shorterWordsOrNoneAreRefused(String q) {
    refused("q", q);
  }

  @Test
  void longerWordsAreRefused() {
    refused("q", "x".repeat(65));
    refused("q", "bells " + "\ud83d\udd14".repeat(65));
  }

  @ParameterizedTest
  @CsvSource({
    "sort, name",
    "sort, nextrunat",
    "sort, next-run-at",
    "sort, ID",
    "lastOutcome, skipped",
    "lastOutcome, running",
    "lastOutcome, Failed",
    "state, asleep",
    "tag, a b",
    "pageToken, nonsense",
    "pageSize, 0"
  })
  void whatCannotBeMeantIsRefused(String name, String value) {
    refused(name, value);
  }

  private static void refused(String name, String value) {
    given()
        .queryParam(name, value)
        .get("/v1/jobs")
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/invalid-parameter"))
        .body("errors.parameter", contains(name));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    when()
        .get("/v1/jobs?q=x&sort=name&lastOutcome=skipped&state=asleep")
        .then()
        .statusCode(400)
        .body("errors.parameter", contains("state", "lastOutcome", "q", "sort"));
  }

  @Test
  void jobsAreFoundByTheOutcomeOfTheirLastRun() {
    // Given
    put("list-never-ran");
    put("list-failed", "'retry':{'maxAttempts':1}");

    // When
    given().post("/v1/jobs/list-failed/run").then().statusCode(202);

    // Then
    Eventually.eventually()
        .untilAsserted(
            () -> assertThat(ids(Map.of("lastOutcome", "failed"))).containsExactly("list-failed"));
    assertThat(ids(Map.of("lastOutcome", "none"))).containsExactly("list-never-ran");
    assertThat(ids(Map.of("lastOutcome", "succeeded"))).isEmpty();
    assertThat(ids(Map.of("lastOutcome", "failed", "state", "paused"))).isEmpty();
    assertThat(ids(Map.of("lastOutcome", "failed", "sort", "nextRunAt")))
        .containsExactly("list-failed");
  }

  @Test
  void theSoonestComeFirst() {
    // Given
    put("list-later", "'startAt':'2999-01-03T00:00:00Z'");
    put("list-soon", "'startAt':'2999-01-01T00:00:00Z'", "'jitter':'PT1H'");
    put("list-same-a", "'startAt':'2999-01-02T00:00:00Z'");
    put("list-same-b", "'startAt':'2999-01-02T00:00:00Z'", "'jitter':'PT1H'");
    put("list-same-c", "'startAt':'2999-01-02T00:00:00Z'");
    put("list-paused", "'startAt':'2999-01-01T00:00:00Z'");
    given().post("/v1/jobs/list-paused/pause").then().statusCode(200);
    json(job()
            .replace("'type':'duration','every':'PT9H'", "'type':'event','events':['run.failed']"))
        .put("/v1/jobs/list-listener")
        .then()
        .statusCode(201);

    // Then
    assertThat(pages(Map.of("sort", "nextRunAt")))
        .containsExactly("list-soon", "list-same-a", "list-same-b", "list-same-c", "list-later");
    assertThat(pages(Map.of("sort", "nextRunAt", "state", "paused"))).isEmpty();
    assertThat(pages(Map.of("sort", "id")))
        .containsExactly(
            "list-later",
            "list-listener",
            "list-paused",
            "list-same-a",
            "list-same-b",
            "list-same-c",
            "list-soon");
  }

  @Test
  void aTokenOfAnotherOrderOrOfAnotherListIsRefused() {
    // Given
    put("list-a");
    put("list-b");
    String byId = tagged().queryParam("pageSize", 1).get("/v1/jobs").path("nextPageToken");
    String byNextRun =
        tagged()
            .queryParams("pageSize", 1, "sort", "nextRunAt")
            .get("/v1/jobs")
            .path("nextPageToken");

    // Then
    for (Map<String, String> query :
        List.of(
            Map.of("pageToken", byNextRun),
            Map.of("pageToken", byNextRun, "sort", "id"),
            Map.of("pageToken", byId, "sort", "nextRunAt"),
            Map.of("pageToken", token("1:Not an id")),
            Map.of("pageToken", token("1:-1@list-a"), "sort", "nextRunAt"),
            Map.of("pageToken", token("1:1@" + "9".repeat(70)), "sort", "nextRunAt"))) {
      given()
          .queryParams(query)
          .get("/v1/jobs")
          .then()
          .statusCode(400)
          .body("errors[0].parameter", equalTo("pageToken"));
    }
    assertThat(ids(Map.of("pageToken", byNextRun, "sort", "nextRunAt"))).containsExactly("list-b");
  }

  /** As tokens were written before lists had an order. */
  @Test
  void aTokenOfAnEarlierVersionGoesOnWorking() {
    put("list-a");
    put("list-b");

    assertThat(ids(Map.of("pageToken", token("1:list-a")))).containsExactly("list-b");
  }

  private static String token(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void manyJobsAreChangedByWhateverFindsThem() {
    // Given
    put("list-a", "'name':'Bells'");
    put("list-b", "'name':'Gongs'");
    put("list-c", "'name':'Gongs'");

    // Then
    tagged().queryParam("q", "bells").post("/v1/jobs/pause").then().body("changed", equalTo(1));
    assertThat(ids(Map.of("state", "paused"))).containsExactly("list-a");
    tagged()
        .queryParam("state", "paused")
        .post("/v1/jobs/resume")
        .then()
        .body("changed", equalTo(1));
    given().queryParam("namePrefix", "Gong").delete("/v1/jobs").then().body("deleted", equalTo(2));
    assertThat(ids(Map.of("sort", "id"))).containsExactly("list-a");
    tagged().queryParam("q", "x").delete("/v1/jobs").then().statusCode(400);
    tagged().queryParam("sort", "id").delete("/v1/jobs").then().statusCode(400);
  }

  @Test
  void aDryRunCountsWhatWouldBeChangedAndChangesNothing() {
    // Given
    put("list-a");
    put("list-b");
    given().post("/v1/jobs/list-b/pause").then().statusCode(200);

    // Then
    dryRun("true").post("/v1/jobs/pause").then().statusCode(200).body("changed", equalTo(1));
    json("{'reason':'new'}")
        .queryParams("tag", Http.TAG, "dryRun", true)
        .post("/v1/jobs/pause")
        .then()
        .body("changed", equalTo(2));
    dryRun("true").post("/v1/jobs/resume").then().body("changed", equalTo(1));
    dryRun("true").delete("/v1/jobs").then().body("deleted", equalTo(2));
    assertThat(ids(Map.of("state", "active"))).containsExactly("list-a");
    assertThat(ids(Map.of("state", "paused"))).containsExactly("list-b");
    dryRun("yes").delete("/v1/jobs").then().statusCode(400);
    given().queryParam("dryRun", true).delete("/v1/jobs").then().statusCode(400);
    dryRun("false").delete("/v1/jobs").then().body("deleted", equalTo(2));
  }

  private static RequestSpecification dryRun(String said) {
    return tagged().queryParam("dryRun", said);
  }

  @Test
  void theExportIsNarrowedLikeTheList() {
    // Given
    put("list-a", "'name':'Bells'");
    put("list-b", "'name':'Gongs'");

    // Then
    tagged()
        .queryParam("q", "GONG")
        .get("/v1/jobs/export")
        .then()
        .statusCode(200)
        .body(containsString("\"list-b\""))
        .body(org.hamcrest.Matchers.not(containsString("\"list-a\"")));
    when().get("/v1/jobs/export?q=x").then().statusCode(400);
    tagged().get("/v1/jobs").then().body("jobs", hasSize(2));
  }
}
