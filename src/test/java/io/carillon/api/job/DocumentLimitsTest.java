package io.carillon.api.job;

import static io.carillon.api.Http.job;
import static io.carillon.api.Http.json;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.carillon.api.Http;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DocumentLimitsTest {

  private static final int BODY = 256 * 1024;

  @AfterEach
  void deleteAll() {
    Http.deleteAll();
  }

  /** Each is as large as a body may be; the second and the third are larger as JSON. */
  private static List<String> largestBodies() {
    return List.of(
        '"' + "x".repeat(BODY) + '"',
        '"' + "\\u0041".repeat(BODY) + '"',
        '"' + "\\u0001".repeat(BODY) + '"',
        '"' + "é".repeat(BODY / 2) + '"',
        "[\"" + "x".repeat(BODY - 4) + "\"]",
        "{ \"\\u0061\" : \"" + "x".repeat(BODY - 8) + "\" }");
  }

  @Test
  void theLargestBodyIsAcceptedInEveryWay() {
    for (String body : largestBodies()) {
      // Given
      json(job()).put("/v1/jobs/large").then().statusCode(201);
      send(patch(body)).patch("/v1/jobs/large").then().statusCode(200).header("ETag", "\"2\"");
      String answer = when().get("/v1/jobs/large").asString();
      String line = exported();

      // Then
      send(answer).put("/v1/jobs/large").then().statusCode(200).header("ETag", "\"2\"");
      send(line).put("/v1/jobs/large").then().statusCode(200).header("ETag", "\"2\"");
      batch(answer).then().body("results.job.revision", contains(2));
      send(with(body)).put("/v1/jobs/large").then().statusCode(200).header("ETag", "\"2\"");
      send(with(body)).post("/v1/jobs").then().statusCode(201);
      when().delete("/v1/jobs/large").then().statusCode(204);
    }
  }

  @Test
  void aLargerBodyIsRefusedInEveryWay() {
    for (String body :
        List.of(
            '"' + "x".repeat(BODY + 1) + '"',
            '"' + "é".repeat(BODY / 2) + "x\"",
            "[\"" + "x".repeat(BODY - 3) + "\"]")) {
      // Given
      json(job()).put("/v1/jobs/large").then().statusCode(201);

      // Then
      isTooLong(send(with(body)).put("/v1/jobs/large"));
      isTooLong(send(with(body)).post("/v1/jobs"));
      isTooLong(send(patch(body)).patch("/v1/jobs/large"));
      batch(with(body)).then().body("results.status", contains(422));
      when().delete("/v1/jobs/large").then().statusCode(204);
    }
  }

  private static void isTooLong(Response response) {
    response
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("#/target/body"))
        .body("errors.code", contains("too-long"));
  }

  @Test
  void aLargerDocumentIsRefusedInEveryWay() {
    // Given
    json(job()).put("/v1/jobs/large").then().statusCode(201);
    String tooLarge = with('"' + "x".repeat(1 << 20) + '"');

    // Then
    send(tooLarge).put("/v1/jobs/large").then().statusCode(413);
    send(tooLarge).post("/v1/jobs").then().statusCode(413);
    send(tooLarge).patch("/v1/jobs/large").then().statusCode(413);
    batch(tooLarge)
        .then()
        .statusCode(200)
        .body("results.status", contains(413))
        .body("results.problem.type", contains("/problems/too-large"));
  }

  @Test
  void aBodyMayNestAsDeepInABatchAsAlone() {
    // Given
    String deepest = with("[".repeat(60) + "]".repeat(60));
    String deeper = with("[".repeat(61) + "]".repeat(61));

    // Then
    send(deepest).put("/v1/jobs/deep").then().statusCode(201);
    batch(deepest).then().body("results.status", contains(201));
    send(deeper)
        .put("/v1/jobs/deep")
        .then()
        .statusCode(422)
        .body("errors.code", contains("too-deep"));
  }

  @Test
  void aPayloadHasTheLimitOfABody() {
    // Given
    json(job("'retry':{'maxAttempts':1}")).put("/v1/jobs/large").then().statusCode(201);

    // Then
    for (String payload : largestBodies()) {
      send("{\"payload\":" + payload + "}").post("/v1/jobs/large/run").then().statusCode(202);
    }
    send("{\"payload\":\"" + "x".repeat(BODY + 1) + "\"}")
        .post("/v1/jobs/large/run")
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("#/payload"));
  }

  @Test
  void lengthsCountCharactersAndNotHalvesOfThem() {
    // Given
    String name = "😀".repeat(255);
    String description = "😀".repeat(4_096);
    String reason = "😀".repeat(500);

    // Then
    json(job("'name':'" + name + "'", "'description':'" + description + "'"))
        .put("/v1/jobs/wide")
        .then()
        .statusCode(201)
        .body("name", equalTo(name));
    json(job("'name':'" + name + "x'", "'description':'" + description + "x'"))
        .put("/v1/jobs/wide")
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("#/name", "#/description"))
        .body("errors.code", hasItem("too-long"));
    json("{'reason':'" + reason + "'}").post("/v1/jobs/wide/pause").then().statusCode(200);
    json("{'reason':'" + reason + "x'}").post("/v1/jobs/wide/pause").then().statusCode(422);
    String answer = when().get("/v1/jobs/wide").asString();
    when().delete("/v1/jobs/wide").then().statusCode(204);
    send(answer).put("/v1/jobs/wide").then().statusCode(201).body("pause.reason", equalTo(reason));
  }

  private static String exported() {
    return when()
        .get("/v1/jobs/export")
        .asString()
        .lines()
        .filter(line -> line.contains("\"id\":\"large\""))
        .findFirst()
        .orElseThrow();
  }

  private static String with(String body) {
    return "{\"tags\":[\"%s\"],\"schedule\":{\"type\":\"duration\",\"every\":\"PT9H\"},%s}"
        .formatted(Http.TAG, "\"target\":{\"url\":\"http://127.0.0.1:9/\",\"body\":" + body + "}");
  }

  private static String patch(String body) {
    return "{\"target\":{\"body\":" + body + "}}";
  }

  private static RequestSpecification send(String document) {
    return given().contentType(ContentType.JSON).body(document);
  }

  private static Response batch(String document) {
    return send("{\"jobs\":[" + document + "]}").post("/v1/jobs/batch");
  }
}
