package io.carillon.api.problem;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.RawRequest;
import io.carillon.api.RawRequest.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
class AllowedMethodsTest {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO");

  /** Paths of which the document shows another one only, or none. */
  private static final List<String> OTHERS =
      List.of(
          "/v1/jobs/export",
          "/v1/jobs/batch",
          "/v1/jobs/batch/",
          "/v1/jobs/resume",
          "/v1/jobs/pause",
          "/v1/jobs/a/",
          "//v1/jobs",
          "/v1/jobs/a%2Fevents",
          "/v1/jobs/a/events/");

  @TestHTTPResource URI service;

  @TestFactory
  Stream<DynamicTest> optionsNamesExactlyTheMethodsThatAreAllowed() {
    Map<String, ?> documented =
        when().get("/q/openapi?format=json").then().statusCode(200).extract().path("paths");
    Stream<String> paths =
        documented.keySet().stream()
            .map(path -> path.replaceAll("\\{\\w+}", "a"))
            .filter(path -> path.startsWith("/v1/") || path.startsWith("/problems/"));
    return Stream.concat(paths, OTHERS.stream())
        .map(path -> DynamicTest.dynamicTest(path, () -> isToldByOptions(path)));
  }

  private void isToldByOptions(String path) {
    // When
    Answer options = RawRequest.send(service, "OPTIONS", path);

    // Then
    Set<String> told = new TreeSet<>(Arrays.asList(options.header("Allow").orElse("").split(", ")));
    Set<String> allowed = new TreeSet<>();
    for (String method : METHODS) {
      // What is refused for what it accepts is allowed; nothing is changed, and no stream begins.
      Answer answer = RawRequest.send(service, method, path, "Accept: nothing/at-all");
      assertThat(answer.status()).isNotEqualTo(404);
      if (answer.status() != 405) {
        allowed.add(method);
      } else {
        assertThat(answer.header("Allow")).isEqualTo(options.header("Allow"));
      }
    }
    assertThat(options.status()).isEqualTo(200);
    assertThat(told).isEqualTo(allowed);
    assertThat(told).contains("OPTIONS");
    assertThat(told.contains("HEAD")).isEqualTo(told.contains("GET"));
  }

  @Test
  void aPathThatIsNotThereHasNoOptionsEither() {
    assertThat(RawRequest.send(service, "OPTIONS", "/v1/nothing").status()).isEqualTo(404);
    assertThat(RawRequest.send(service, "OPTIONS", "/v1/jobs/a/b").status()).isEqualTo(404);
  }
}
