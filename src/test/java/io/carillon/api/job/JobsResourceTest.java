package io.carillon.api.job;

import static io.carillon.api.Http.job;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.carillon.api.Http;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobsResourceTest {

  @AfterEach
  void deleteAll() {
    Http.deleteAll();
  }

  @Test
  void createsAJobUnderAnIdOfItsOwn() {
    // When
    Response created = json(job("'name':'Nightly'")).post("/v1/jobs");

    // Then
    String id = created.path("id");
    created
        .then()
        .statusCode(201)
        .header("Location", endsWith("/v1/jobs/" + id))
        .header("ETag", "\"1\"")
        .body("name", equalTo("Nightly"))
        .body("state", equalTo("active"))
        .body("revision", equalTo(1))
        .body("schedule.from", equalTo("schedule"))
        .body("retry.maxAttempts", equalTo(5))
        .body("nextRunAt", notNullValue())
        .body("counters.started", equalTo(0));
    when().get("/v1/jobs/" + id).then().statusCode(200).body("id", equalTo(id));
  }

  @Test
  void laterIdsAreGreater() {
    // When
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(json(job()).post("/v1/jobs").path("id"));
    }

    // Then
    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void putCreatesThenReplacesAndCountsRevisions() {
    json(job()).put("/v1/jobs/put-me").then().statusCode(201).header("ETag", "\"1\"");
    json(job("'name':'new'"))
        .put("/v1/jobs/put-me")
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("name", equalTo("new"));
    json(job("'name':'new'")).put("/v1/jobs/put-me").then().statusCode(200).header("ETag", "\"2\"");
  }

  @Test
  void anAnswerMayBeSentBackAsItIs() {
    // Given
    json(job("'guard':{'url':'http://127.0.0.1:9/'}", "'jitter':'PT5S'"))
        .put("/v1/jobs/round-trip")
        .then()
        .statusCode(201);
    String answer = when().get("/v1/jobs/round-trip").asString();

    // Then
    json(answer).put("/v1/jobs/round-trip").then().statusCode(200).header("ETag", "\"1\"");
    json(answer).put("/v1/jobs/other").then().statusCode(400);
    json(answer).post("/v1/jobs").then().statusCode(400);
  }

  @Test
  void anInvalidReplacementChangesNothing() {
    // Given
    json(job("'name':'kept'")).put("/v1/jobs/kept").then().statusCode(201);

    // When
    json(job("'maxRuns':0")).put("/v1/jobs/kept").then().statusCode(422);

    // Then
    when().get("/v1/jobs/kept").then().header("ETag", "\"1\"").body("name", equalTo("kept"));
  }

  @Test
  void patchesByMerging() {
    // Given
    json(job("'name':'old'", "'description':'gone'"))
        .put("/v1/jobs/patched")
        .then()
        .statusCode(201);

    // Then
    given()
        .contentType("application/merge-patch+json")
        .body("{\"name\":\"new\",\"description\":null,\"target\":{\"timeout\":\"PT1S\"}}")
        .patch("/v1/jobs/patched")
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("name", equalTo("new"))
        .body("description", nullValue())
        .body("target.timeout", equalTo("PT1S"))
        .body("target.url", equalTo("http://127.0.0.1:9/"));
    json("{'nope':null}").patch("/v1/jobs/patched").then().statusCode(400);
    json("{}").patch("/v1/jobs/absent").then().statusCode(404);
  }

  @Test
  void deletesAJob() {
    json(job()).put("/v1/jobs/deleted").then().statusCode(201);
    when().delete("/v1/jobs/deleted").then().statusCode(204);
    when().get("/v1/jobs/deleted").then().statusCode(404);
    when().delete("/v1/jobs/deleted").then().statusCode(404);
  }

  @Test
  void honoursPreconditions() {
    json(job()).header("If-Match", "\"1\"").put("/v1/jobs/guarded").then().statusCode(412);
    json(job()).header("If-None-Match", "*").put("/v1/jobs/guarded").then().statusCode(201);
    json(job()).header("If-None-Match", "*").put("/v1/jobs/guarded").then().statusCode(412);
    json(job("'name':'a'"))
        .header("If-Match", "\"7\"")
        .put("/v1/jobs/guarded")
        .then()
        .statusCode(412);
    json(job("'name':'a'"))
        .header("If-Match", "\"1\"")
        .put("/v1/jobs/guarded")
        .then()
        .statusCode(200);
    json("{}").header("If-Match", "W/\"2\"").patch("/v1/jobs/guarded").then().statusCode(412);
    json("{}").header("If-Match", "\"1\", \"2\"").patch("/v1/jobs/guarded").then().statusCode(200);
    given().header("If-Match", "\"1\"").post("/v1/jobs/guarded/pause").then().statusCode(412);
    given().header("If-Match", "\"1\"").post("/v1/jobs/guarded/run").then().statusCode(412);
    given().header("If-Match", "2").delete("/v1/jobs/guarded").then().statusCode(400);
    given().header("If-Match", "\"1\"").delete("/v1/jobs/guarded").then().statusCode(412);
    given().header("If-Match", "\"1\"").delete("/v1/jobs/absent").then().statusCode(404);
    given().header("If-None-Match", "\"2\"").get("/v1/jobs/guarded").then().statusCode(304);
    given().header("If-None-Match", "\"1\"").get("/v1/jobs/guarded").then().statusCode(200);
    given().header("If-Match", "*").delete("/v1/jobs/guarded").then().statusCode(204);
  }

  @Test
  void showsAMadeSecretOnceAndKeepsItBehindItsMask() {
    // Given
    String secret =
        json("{'tags':['api-test'],'schedule':{'type':'duration','every':'PT9H'},"
                + "'target':{'url':'http://127.0.0.1:9/','signingSecret':'generate'}}")
            .put("/v1/jobs/secretive")
            .then()
            .statusCode(201)
            .body("target.signingSecret", startsWith("whsec_"))
            .body("target.signingSecret", not(equalTo("whsec_****")))
            .extract()
            .path("target.signingSecret");

    // Then
    String answer = when().get("/v1/jobs/secretive").asString();
    assertThat(answer).contains("whsec_****").doesNotContain(secret);
    json(answer).put("/v1/jobs/secretive").then().statusCode(200).header("ETag", "\"1\"");
    json("{'name':'x'}")
        .patch("/v1/jobs/secretive")
        .then()
        .body("target.signingSecret", equalTo("whsec_****"));
  }

  @Test
  void pausesAndResumes() {
    json(job()).put("/v1/jobs/sleeper").then().statusCode(201);
    json("{'reason':'night','until':'2999-01-01T00:00:00Z'}")
        .post("/v1/jobs/sleeper/pause")
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("state", equalTo("paused"))
        .body("pause.reason", equalTo("night"))
        .body("pause.until", equalTo("2999-01-01T00:00:00.000Z"))
        .body("nextRunAt", nullValue());
    given().post("/v1/jobs/sleeper/pause").then().statusCode(200).header("ETag", "\"2\"");
    given()
        .post("/v1/jobs/sleeper/resume")
        .then()
        .statusCode(200)
        .header("ETag", "\"3\"")
        .body("state", equalTo("active"))
        .body("pause", nullValue())
        .body("nextRunAt", notNullValue());
    json("{'until':'2001-01-01T00:00:00Z'}").post("/v1/jobs/sleeper/pause").then().statusCode(422);
    json("{'why':'x'}").post("/v1/jobs/sleeper/pause").then().statusCode(400);
    given().post("/v1/jobs/absent/pause").then().statusCode(404);
  }

  @Test
  void listsPageByPageWithoutLossOrRepetition() {
    // Given
    for (char c = 'a'; c <= 'e'; c++) {
      json(job()).put("/v1/jobs/page-" + c).then().statusCode(201);
    }

    // When
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      var request = given().queryParam("tag", Http.TAG).queryParam("pageSize", 2);
      Response page =
          (token == null ? request : request.queryParam("pageToken", token)).get("/v1/jobs");
      seen.addAll(page.path("jobs.id"));
      token = page.path("nextPageToken");
    } while (token != null);

    // Then
    assertThat(seen).containsExactly("page-a", "page-b", "page-c", "page-d", "page-e");
  }

  @Test
  void filtersByTagsStateAndName() {
    json(job("'name':'Alpha one'")).put("/v1/jobs/filter-a").then().statusCode(201);
    json("{'tags':['api-test','blue'],'name':'Alpha two','schedule':{'type':'duration','every':"
            + "'PT9H'},'target':{'url':'http://127.0.0.1:9/'}}")
        .put("/v1/jobs/filter-b")
        .then()
        .statusCode(201);
    given().post("/v1/jobs/filter-b/pause").then().statusCode(200);

    given()
        .queryParam("tag", Http.TAG, "blue")
        .get("/v1/jobs")
        .then()
        .body("jobs.id", contains("filter-b"));
    given()
        .queryParam("tag", Http.TAG)
        .queryParam("state", "active")
        .get("/v1/jobs")
        .then()
        .body("jobs.id", contains("filter-a"));
    given()
        .queryParam("namePrefix", "Alpha o")
        .get("/v1/jobs")
        .then()
        .body("jobs.id", contains("filter-a"));
  }

  @Test
  void reservedIdsAreRefusedEverywhere() {
    for (String reserved : List.of("batch", "export", "pause", "resume")) {
      String allowed = reserved.equals("export") ? "GET, HEAD, OPTIONS" : "OPTIONS, POST";
      json(job())
          .put("/v1/jobs/" + reserved)
          .then()
          .statusCode(405)
          .header("Allow", equalTo(allowed));
      when().delete("/v1/jobs/" + reserved + "/").then().statusCode(405);
      given().post("/v1/jobs/" + reserved + "/run").then().statusCode(422);
    }
  }

  @Test
  void aScheduleThatNeverFiresIsRefused() {
    json("{'schedule':{'type':'cron','expression':'0 0 30 2 *'},'target':{'url':'http://a/'}}")
        .post("/v1/jobs")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("#/schedule"))
        .body("errors[0].code", equalTo("never-fires"));
    json("{'schedule':{'type':'once','at':['2001-01-01T00:00:00Z']},'target':{'url':'http://a/'}}")
        .post("/v1/jobs")
        .then()
        .statusCode(422)
        .body("errors.code", hasItem("never-fires"));
  }

  @Test
  void takesEveryKindOfSchedule() {
    for (String schedule :
        List.of(
            "{'type':'duration','every':'PT1M','from':'completion'}",
            "{'type':'random-duration','min':'PT1H','max':'PT2H'}",
            "{'type':'cron','expression':'0 0 2 * * MON','timezone':'Europe/Paris',"
                + "'dst':{'gap':'skip','overlap':'both'}}",
            "{'type':'daily','every':2,'at':['23:59','09:00:30'],'timezone':'Asia/Kolkata'}",
            "{'type':'weekly','on':['monday'],'at':['09:00'],'weekStart':'monday'}",
            "{'type':'monthly','on':[1,-1],'at':['09:00']}",
            "{'type':'once','at':['2999-01-01T00:00:00+01:00']}",
            "{'type':'event','events':['run.failed'],'jobs':['x'],'tags':['y']}")) {
      json("{'tags':['api-test'],'schedule':"
              + schedule
              + ",'target':{'url':'http://127.0.0.1:9/'}}")
          .put("/v1/jobs/any-kind")
          .then()
          .statusCode(equalTo(schedule.contains("completion") ? 201 : 200));
    }
  }
}
