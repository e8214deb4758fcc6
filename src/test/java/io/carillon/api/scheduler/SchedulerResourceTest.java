package io.carillon.api.scheduler;

import static io.carillon.Eventually.eventually;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.carillon.schedule.ZoneNames;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SchedulerResourceTest {

  @AfterEach
  void reset() {
    json("{'paused':false,'concurrency':null}").patch("/v1/scheduler").then().statusCode(200);
  }

  @Test
  void tellsWhoLeadsAndWhoIsThere() {
    eventually()
        .untilAsserted(
            () -> {
              JsonPath seen = when().get("/v1/scheduler").jsonPath();
              assertThat(seen.getString("leader.replica")).isEqualTo(seen.getString("self"));
              assertThat(seen.<List<String>>get("replicas.id")).contains(seen.getString("self"));
            });
  }

  @Test
  void tellsItsVersionAndThatOfTheTimeZones() {
    // When
    JsonPath seen = when().get("/v1/scheduler").jsonPath();

    // Then
    assertThat(seen.getString("version")).isNotBlank();
    assertThat(seen.getString("tzdata")).isEqualTo(ZoneNames.tzdata());
  }

  @Test
  void pausesAndLimitsTheWholeScheduler() {
    json("{'paused':true}")
        .patch("/v1/scheduler")
        .then()
        .statusCode(200)
        .body("paused", equalTo(true));
    json("{'concurrency':{'limit':5}}")
        .patch("/v1/scheduler")
        .then()
        .statusCode(200)
        .body("paused", equalTo(true))
        .body("concurrency.limit", equalTo(5))
        .body("concurrency.onLimit", equalTo("skip"))
        .body("concurrency.maxQueue", equalTo(100));
    json("{'concurrency':{'onLimit':'queue'}}")
        .patch("/v1/scheduler")
        .then()
        .body("concurrency.limit", equalTo(5))
        .body("concurrency.onLimit", equalTo("queue"));
    json("{'concurrency':null}")
        .patch("/v1/scheduler")
        .then()
        .statusCode(200)
        .body("concurrency", nullValue());
  }

  @Test
  void refusesWhatCannotBeSet() {
    json("{'paused':'yes'}").patch("/v1/scheduler").then().statusCode(400);
    json("{'paused':null}").patch("/v1/scheduler").then().statusCode(422);
    json("{'self':'me'}").patch("/v1/scheduler").then().statusCode(400);
    json("{'concurrency':{'limit':0}}").patch("/v1/scheduler").then().statusCode(422);
    json("{'concurrency':{'onLimit':'queue'}}").patch("/v1/scheduler").then().statusCode(422);
    json("[]").patch("/v1/scheduler").then().statusCode(400);
    when().get("/v1/scheduler").then().body("paused", equalTo(false));
  }
}
