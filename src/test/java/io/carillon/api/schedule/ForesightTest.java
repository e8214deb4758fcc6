package io.carillon.api.schedule;

import static io.carillon.api.Http.job;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.carillon.api.Http;
import io.carillon.schedule.ZoneNames;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ForesightTest {

  @AfterEach
  void deleteAll() {
    Http.deleteAll();
  }

  @Test
  void previewsAScheduleInBothClocks() {
    json("{'schedule':{'type':'cron','expression':'0 2 * * *','timezone':'Europe/Paris'},"
            + "'from':'2030-01-01T00:00:00Z','count':2}")
        .post("/v1/schedules/preview")
        .then()
        .statusCode(200)
        .body("runs", contains("2030-01-01T01:00:00.000Z", "2030-01-02T01:00:00.000Z"))
        .body(
            "localRuns",
            contains("2030-01-01T02:00:00.000+01:00", "2030-01-02T02:00:00.000+01:00"));
  }

  @Test
  void previewsWhatHappensAtOnceWhatIsDrawnAndWhatIsListenedFor() {
    preview("{'type':'once'}", "")
        .statusCode(200)
        .body("runs", contains("2030-01-01T00:00:00.000Z"));
    preview("{'type':'random-duration','min':'PT1S','max':'PT2S'}", "")
        .statusCode(200)
        .body("runs", hasSize(1));
    preview("{'type':'event','events':['run.failed']}", "").statusCode(200).body("runs", empty());
  }

  @Test
  void startAtItselfMayRunAndEndAtMayNot() {
    preview(
            "{'type':'duration','every':'PT1H'}",
            ",'startAt':'2030-01-01T05:00:00Z','endAt':'2030-01-01T07:00:00Z'")
        .body("runs", contains("2030-01-01T05:00:00.000Z", "2030-01-01T06:00:00.000Z"));
  }

  @Test
  void refusesWhatAJobWouldBeRefusedFor() {
    preview("{'type':'duration','every':'PT0.5S'}", "").statusCode(422);
    preview("{'type':'cron','expression':'0 0 30 2 *'}", "")
        .statusCode(422)
        .body("errors.code", contains("never-fires"));
    preview("{'type':'once','at':['2029-01-01T00:00:00Z']}", "").statusCode(422);
    preview("{'type':'once'}", ",'count':0").statusCode(422);
    preview("{'type':'once'}", ",'count':'1'").statusCode(400);
    preview("{'type':'once'}", ",'x':1").statusCode(400);
    json("{}").post("/v1/schedules/preview").then().statusCode(422);
  }

  @Test
  void readsWeeksFractionsLinksAndLineEnds() {
    preview("{'type':'duration','every':'P1W'}", ",'count':1")
        .body("description", equalTo("every 7 days"))
        .body("runs", contains("2030-01-08T00:00:00.000Z"));
    preview("{'type':'duration','every':'PT1.5M'}", ",'count':1")
        .body("runs", contains("2030-01-01T00:01:30.000Z"));
    preview("{'type':'daily','at':['09:00'],'timezone':'EST'}", ",'count':1")
        .body("description", equalTo("every day at 09:00, EST"))
        .body("localRuns", contains("2030-01-01T09:00:00.000-05:00"));
    preview("{'type':'cron','expression':'0 0 0 1 1 ? */2\\n'}", ",'count':2")
        .body(
            "description",
            equalTo("on the 1st of January at 00:00, every 2nd year from 1970 on, UTC"))
        .body("runs", contains("2032-01-01T00:00:00.000Z", "2034-01-01T00:00:00.000Z"));
  }

  @Test
  void refusalsOfStringsSayWhy() {
    preview("{'type':'duration','every':'P1M'}", "")
        .statusCode(422)
        .body("errors[0].detail", containsString("no fixed length"));
    preview("{'type':'cron','expression':'@every 1d'}", "")
        .statusCode(422)
        .body("errors[0].detail", containsString("write 24h"));
    preview("{'type':'daily','at':['09:00'],'timezone':'SystemV/EST5'}", "")
        .statusCode(422)
        .body("errors[0].detail", containsString("of tzdata " + ZoneNames.tzdata()));
  }

  @Test
  void aJobShowsTheNameOfItsZoneAsItWasGiven() {
    // When
    String id =
        json("{'tags':['api-test'],'schedule':{'type':'weekly','on':['monday'],'at':['09:00'],"
                + "'timezone':'GMT-0'},'target':{'url':'http://127.0.0.1:9/'}}")
            .post("/v1/jobs")
            .then()
            .statusCode(201)
            .extract()
            .path("id");

    // Then
    when().get("/v1/jobs/" + id).then().body("schedule.timezone", equalTo("GMT-0"));
  }

  @Test
  void countsAreCutToAThousand() {
    // When
    List<String> runs =
        preview("{'type':'duration','every':'PT1S'}", ",'count':5000").extract().path("runs");

    // Then
    assertThat(runs).hasSize(1_000).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void tellsTheNextRunsOfAJob() {
    json("{'tags':['api-test'],'schedule':{'type':'daily','at':['02:30'],'timezone':"
            + "'Europe/Paris'},'target':{'url':'http://127.0.0.1:9/'}}")
        .put("/v1/jobs/foreseen")
        .then()
        .statusCode(201);

    given()
        .queryParam("from", "2030-07-01T00:00:00+02:00")
        .queryParam("count", 2)
        .get("/v1/jobs/foreseen/next-runs")
        .then()
        .statusCode(200)
        .body("runs", contains("2030-07-01T00:30:00.000Z", "2030-07-02T00:30:00.000Z"))
        .body(
            "localRuns",
            contains("2030-07-01T02:30:00.000+02:00", "2030-07-02T02:30:00.000+02:00"));
    when().get("/v1/jobs/foreseen/next-runs").then().body("runs", hasSize(10));
    given().post("/v1/jobs/foreseen/pause").then().statusCode(200);
    when()
        .get("/v1/jobs/foreseen/next-runs")
        .then()
        .statusCode(200)
        .body("runs", empty())
        .body("localRuns", empty());
    json("{'until':'2030-07-01T12:00:00Z'}").post("/v1/jobs/foreseen/pause").then().statusCode(200);
    when()
        .get("/v1/jobs/foreseen/next-runs?count=1")
        .then()
        .body("runs", contains("2030-07-02T00:30:00.000Z"));
  }

  @Test
  void ofADrawnOccurrenceOnlyTheStoredOneIsTold() {
    // Given
    String next =
        json("{'tags':['api-test'],'schedule':{'type':'random-duration','min':'PT9H','max':"
                + "'PT99H'},'target':{'url':'http://127.0.0.1:9/'}}")
            .put("/v1/jobs/drawn")
            .path("nextRunAt");

    // Then
    when().get("/v1/jobs/drawn/next-runs").then().body("runs", contains(next));
    given().queryParam("from", next).get("/v1/jobs/drawn/next-runs").then().body("runs", empty());
  }

  @Test
  void maxRunsLimitsWhatIsToCome() {
    json(job("'maxRuns':3")).put("/v1/jobs/limited").then().statusCode(201);

    when().get("/v1/jobs/limited/next-runs").then().body("runs", hasSize(3));
  }

  @Test
  void malformedQuestionsAreRefused() {
    json(job()).put("/v1/jobs/asked").then().statusCode(201);

    for (String query :
        List.of("count=0", "count=-1", "count=x", "count=1.5", "from=today", "since=now")) {
      when()
          .get("/v1/jobs/asked/next-runs?" + query)
          .then()
          .statusCode(400)
          .body("type", equalTo("/problems/invalid-parameter"));
    }
    when().get("/v1/jobs/asked/next-runs?count=99999999999999").then().statusCode(200);
    when().get("/v1/jobs/absent/next-runs").then().statusCode(404);
  }

  @Test
  void aPreviewIsCutToTheMostHoweverManyAreAskedFor() {
    for (String count : List.of("1001", "2147483648", "9".repeat(900))) {
      preview("{'type':'duration','every':'PT1H'}", ",'count':" + count)
          .statusCode(200)
          .body("runs", hasSize(1_000));
    }
    for (String count : List.of("0", "-1", "-2147483649")) {
      preview("{'type':'duration','every':'PT1H'}", ",'count':" + count).statusCode(422);
    }
    for (String count : List.of("1.0", "1e3", "'2'")) {
      preview("{'type':'duration','every':'PT1H'}", ",'count':" + count).statusCode(400);
    }
  }

  private static ValidatableResponse preview(String schedule, String more) {
    return json("{'schedule':" + schedule + ",'from':'2030-01-01T00:00:00Z'" + more + "}")
        .post("/v1/schedules/preview")
        .then();
  }
}
