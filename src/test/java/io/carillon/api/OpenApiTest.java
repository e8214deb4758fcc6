package io.carillon.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
class OpenApiTest {

  private static final Path KEPT = Path.of("openapi/openapi.yaml");
  private static final Path BUILT = Path.of("target/openapi/openapi.yaml");

  @AfterEach
  void deleteExamples() {
    given().queryParam("tag", "billing").delete("/v1/jobs");
  }

  @Test
  void theDocumentThatIsKeptIsTheOneThatIsServed() throws IOException {
    // Given
    Map<?, ?> kept = new YAMLMapper().readValue(KEPT.toFile(), Map.class);

    // When
    Map<?, ?> served = document().getMap("$");

    // Then
    assertThat(served).as("after a change of the API: cp %s %s", BUILT, KEPT).isEqualTo(kept);
  }

  @Test
  void everyOperationIsDescribed() {
    document()
        .<Map<String, Map<String, Map<String, Object>>>>get("paths")
        .forEach(
            (path, operations) ->
                operations.forEach(
                    (method, operation) -> {
                      String name = method + " " + path;
                      assertThat(operation.get("summary")).as(name).isNotNull();
                      assertThat(operation.get("operationId")).as(name).isNotNull();
                      assertThat(operation.get("tags")).as(name).isNotNull();
                      assertThat((Map<?, ?>) operation.get("responses")).as(name).isNotEmpty();
                    }));
  }

  @Test
  void schemasSpellWordsAsTheApiDoes() {
    // When
    JsonPath schemas = document().setRootPath("components.schemas");

    // Then
    assertThat(schemas.<List<String>>get("OnMisfire.enum"))
        .containsExactly("fire-once", "fire-all", "skip");
    assertThat(schemas.<List<String>>get("DayOfWeek.enum")).contains("monday", "sunday");
    assertThat(schemas.<List<String>>get("CronSchedule.properties.type.enum"))
        .containsExactly("cron");
    assertThat(schemas.<List<String>>get("CronSchedule.required"))
        .containsExactlyInAnyOrder("type", "expression");
    assertThat(schemas.<List<String>>get("JobDefinition.required"))
        .containsExactlyInAnyOrder("schedule", "target");
    assertThat(schemas.<Integer>get("Retry.properties.maxAttempts.maximum")).isEqualTo(100);
  }

  /** What happens when somebody presses Execute in Swagger UI. */
  @TestFactory
  List<DynamicTest> examplesWorkAsTheyAre() {
    return List.of(
        works("put", "/v1/jobs/" + Examples.JOB_ID, Examples.JOB),
        works("post", "/v1/jobs", Examples.JOB),
        works("patch", "/v1/jobs/" + Examples.JOB_ID, Examples.PATCH),
        works("get", "/v1/jobs/" + Examples.JOB_ID, ""),
        works("get", "/v1/jobs/" + Examples.JOB_ID + "/next-runs", ""),
        works("post", "/v1/jobs/" + Examples.JOB_ID + "/pause", Examples.PAUSE),
        works("post", "/v1/jobs/" + Examples.JOB_ID + "/resume", ""),
        works("post", "/v1/jobs/" + Examples.JOB_ID + "/run", Examples.RUN),
        works("get", "/v1/jobs/" + Examples.JOB_ID + "/runs", ""),
        works("post", "/v1/jobs/batch", Examples.BATCH),
        works("post", "/v1/jobs/pause?tag=billing", Examples.PAUSE),
        works("post", "/v1/jobs/resume?tag=billing", ""),
        works("post", "/v1/schedules/preview", Examples.PREVIEW),
        works("patch", "/v1/scheduler", Examples.SCHEDULER),
        works("get", "/problems/not-found", ""),
        works("delete", "/v1/jobs?tag=obsolete", ""),
        works("delete", "/v1/jobs/" + Examples.JOB_ID, ""));
  }

  private static DynamicTest works(String method, String path, String body) {
    return DynamicTest.dynamicTest(
        method + " " + path,
        () -> {
          RequestSpecification request = given();
          if (!body.isEmpty()) {
            request.contentType("application/json").body(body);
          }
          assertThat(request.request(method, path).statusCode()).isBetween(200, 299);
        });
  }

  private static JsonPath document() {
    return when().get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
  }
}
