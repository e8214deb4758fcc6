package io.carillon.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Requests as a client of the API makes them, with single quotes for readability. */
public final class Http {

  /** What each job of a test is tagged with, so that the test leaves nothing behind. */
  public static final String TAG = "api-test";

  private Http() {}

  /** A job that will not run while any test lasts; nobody listens at its target. */
  public static String job(String... more) {
    String rest = more.length == 0 ? "" : "," + String.join(",", more);
    return "{'tags':['%s'],'schedule':{'type':'duration','every':'PT9H'},%s%s}"
        .formatted(TAG, "'target':{'url':'http://127.0.0.1:9/'}", rest);
  }

  public static RequestSpecification json(String singleQuoted) {
    return given().contentType(ContentType.JSON).body(singleQuoted.replace('\'', '"'));
  }

  public static void deleteAll() {
    given().queryParam("tag", TAG).delete("/v1/jobs").then().statusCode(200);
  }
}
