package io.carillon.api.job;

import static io.carillon.Eventually.eventually;
import static io.carillon.api.Http.job;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.carillon.api.Http;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BackupTest {

  @AfterEach
  void deleteAll() {
    Http.deleteAll();
  }

  @Test
  void aLineIsADefinitionAndNothingOfTheServers() {
    // Given
    json(job("'name':'exported'")).put("/v1/jobs/exported").then().statusCode(201);

    // When
    String line = line("exported");

    // Then
    assertThat(line)
        .startsWith("{\"id\":\"exported\"")
        .doesNotContain("state", "pause", "revision", "counters", "nextRunAt");
    when().delete("/v1/jobs/exported").then().statusCode(204);
    put("exported", line).then().statusCode(201).body("name", equalTo("exported"));
    batch(line).then().body("results.status", contains(200));
  }

  @Test
  void aPausedJobComesBackPaused() {
    // Given
    json(job("'runOnCreate':true")).put("/v1/jobs/sleeper").then().statusCode(201);
    json("{'reason':'night','until':'2999-01-01T00:00:00Z'}").post("/v1/jobs/sleeper/pause");
    String line = line("sleeper");
    String answer = when().get("/v1/jobs/sleeper").asString();

    for (String copy : new String[] {line, answer}) {
      // When
      when().delete("/v1/jobs/sleeper").then().statusCode(204);
      Response back = put("sleeper", copy);

      // Then
      back.then()
          .statusCode(201)
          .header("ETag", "\"1\"")
          .body("state", equalTo("paused"))
          .body("pause.reason", equalTo("night"))
          .body("pause.until", equalTo("2999-01-01T00:00:00.000Z"))
          .body("pause.since", notNullValue())
          .body("nextRunAt", nullValue());
      when().delete("/v1/jobs/sleeper").then().statusCode(204);
      batch(copy)
          .then()
          .body("results.status", contains(201))
          .body("results.job.state", contains("paused"));
    }
  }

  @Test
  void aLineDoesNotPauseAJobThatIsThere() {
    // Given
    json(job()).put("/v1/jobs/awake").then().statusCode(201);
    given().post("/v1/jobs/awake/pause").then().statusCode(200);
    String line = line("awake");
    given().post("/v1/jobs/awake/resume").then().statusCode(200);

    // Then
    put("awake", line)
        .then()
        .statusCode(200)
        .header("ETag", "\"3\"")
        .body("state", equalTo("active"));
  }

  @Test
  void aSecretThatWasLeftOutIsMissedWhereThereIsNone() {
    // Given
    String secret =
        json("{'tags':['api-test'],'schedule':{'type':'duration','every':'PT9H'},"
                + "'target':{'url':'http://127.0.0.1:9/','signingSecret':'generate'}}")
            .put("/v1/jobs/secretive")
            .path("target.signingSecret");
    String line = line("secretive");

    // Then
    assertThat(line).contains("\"signingSecret\":\"whsec_****\"").doesNotContain(secret);
    put("secretive", line).then().statusCode(200).header("ETag", "\"1\"");
    when().delete("/v1/jobs/secretive").then().statusCode(204);
    put("secretive", line)
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("#/target/signingSecret"));
    batch(line).then().body("results.status", contains(422));
    when().get("/v1/jobs/secretive").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'duration','every':'PT90M','from':'completion'}",
        "{'type':'random-duration','min':'PT1H','max':'PT2H'}",
        "{'type':'cron','expression':'0 0 2 * * MON','timezone':'Europe/Paris',"
            + "'dst':{'gap':'skip'}}",
        "{'type':'cron','expression':'CRON_TZ=Europe/Paris 0 2 * * *'}",
        "{'type':'daily','every':2,'at':['23:59','09:00:30','23:59']}",
        "{'type':'weekly','on':['monday','monday'],'at':['09:00'],'weekStart':'monday'}",
        "{'type':'monthly','on':[1,-1],'at':['09:00']}",
        "{'type':'once','at':['2999-01-01T00:00:00+01:00','2998-01-01T00:00:00Z']}",
        "{'type':'event','events':['run.failed'],'jobs':['x'],'tags':['y']}"
      })
  void whatIsShownOfAJobComesBackAsThatJob(String schedule) {
    // Given
    json("{'tags':['api-test'],'target':{'url':'http://127.0.0.1:9/'},'schedule':"
            + schedule
            + ",'retry':{'initialDelay':'PT2H'},'jitter':'PT5S','maxRuns':7}")
        .put("/v1/jobs/any-kind")
        .then()
        .statusCode(201);
    String answer = when().get("/v1/jobs/any-kind").asString();
    String line = line("any-kind");

    // Then
    put("any-kind", answer).then().statusCode(200).header("ETag", "\"1\"");
    put("any-kind", line).then().statusCode(200).header("ETag", "\"1\"");
    json("{}").patch("/v1/jobs/any-kind").then().statusCode(200).header("ETag", "\"1\"");
    batch(answer).then().body("results.job.revision", contains(1));
    batch(line).then().body("results.job.revision", contains(1));
  }

  @Test
  void aJobThatHasHadItsTimeMayBeSentBackWhereItStands() {
    // Given
    json("{'tags':['api-test'],'schedule':{'type':'once'},'target':{'url':'http://127.0.0.1:9/'},"
            + "'retry':{'maxAttempts':1}}")
        .put("/v1/jobs/over")
        .then()
        .statusCode(201);
    eventually()
        .untilAsserted(
            () -> when().get("/v1/jobs/over").then().body("state", equalTo("completed")));
    String answer = when().get("/v1/jobs/over").asString();

    // Then
    put("over", answer).then().statusCode(200).body("state", equalTo("completed"));
    put("over", line("over")).then().statusCode(200).body("state", equalTo("completed"));
  }

  private static String line(String id) {
    return when()
        .get("/v1/jobs/export")
        .then()
        .statusCode(200)
        .contentType("application/x-ndjson")
        .extract()
        .asString()
        .lines()
        .filter(exported -> exported.contains("\"id\":\"" + id + '"'))
        .findFirst()
        .orElseThrow();
  }

  private static Response put(String id, String document) {
    return given().contentType(ContentType.JSON).body(document).put("/v1/jobs/" + id);
  }

  private static Response batch(String document) {
    return given()
        .contentType(ContentType.JSON)
        .body("{\"jobs\":[" + document + "]}")
        .post("/v1/jobs/batch");
  }
}
