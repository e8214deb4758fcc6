package io.carillon.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.api.RawRequest;
import io.carillon.api.RawRequest.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MalformedRequestsTest {

  private static final String END = "\r\nConnection: close\r\n\r\n";

  @TestHTTPResource URI service;

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/v1/jobs/%zz path",
        "/v1/jobs/% path",
        "/v1/jobs/a%4 path",
        "/v1/jobs/%+1 path",
        "/%zz path",
        "/q/health/%zz path",
        "/problems/%zz path",
        "/v1/jobs?tag=%zz query",
        "/v1/jobs?%zz=a query",
        "/v1/events?after=% query",
        "/v1/jobs/%ff path",
        "/v1/jobs?namePrefix=%ff query",
        "/v1/jobs?namePrefix=%c0%af query",
        "/v1/jobs?namePrefix=%ed%a0%80 query",
        "/v1/jobs/\u00e9 path",
        "/v1/jobs?tag=\u00ff query",
        "/v1/jobs/a|b path",
        "/v1/jobs?namePrefix={a} query",
        "/v1/jobs/a\\b path",
        "/v1/jobs/[a] path",
        "/v1/jobs#x path",
        "/v1/jobs;tag=a path",
        "/v1/jobs/a;b=c path",
      })
  void aMalformedTargetIsAProblem(String target, String part) throws JsonProcessingException {
    // When
    Answer answer = RawRequest.send(service, "GET", target);

    // Then
    assertThat(problem(answer, 400, "bad-request").get("detail").textValue())
        .containsIgnoringCase("the " + part + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/jobs/%00", "/v1/jobs/a%2Fruns", "/v1/jobs/%C3%A9", "/v1/jobs/%e2%80%ae"})
  void whatIsWellFormedAndNoIdIsAParametersFault(String target) throws JsonProcessingException {
    problem(RawRequest.send(service, "GET", target), 400, "invalid-parameter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//v1/jobs",
        "/v1//jobs",
        "/v1/jobs/",
        "/v1/x/../jobs",
        "/v1/%6aobs",
        "/v1/jobs?namePrefix=%00",
        "/v1/jobs?namePrefix=[%C3%A9]+'(!",
        "http://elsewhere/v1/jobs"
      })
  void otherWaysOfWritingAPathLeadToIt(String target) {
    assertThat(RawRequest.send(service, "GET", target).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/v1/jobs/a%20b /v1/jobs/a%20b",
        "/v1/jobs/a%20b?tag=a /v1/jobs/a%20b",
        "/v1/jobs/a%2Fb+%c3%A9 /v1/jobs/a%2Fb+%c3%A9",
        "/v1/jobs/a%00 /v1/jobs/a%00",
        "/v1/nowhere/%22 /v1/nowhere/%22",
        "/v1/jobs/%20%zz /v1/jobs/%20%25zz",
        "/v1/jobs/%ff /v1/jobs/%ff",
        "/v1/jobs/a|:b /v1/jobs/a%7C%3Ab",
        "/v1/jobs/%?%zz /v1/jobs/%25",
        "//?%zz /.//",
        "//nowhere /.//nowhere",
      })
  void aProblemNamesThePathAsItWasSentAndEscapesWhatIsNoUri(String target, String instance)
      throws JsonProcessingException {
    // When
    Answer answer = RawRequest.send(service, "GET", target);

    // Then
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertThat(problem.get("instance").textValue()).isEqualTo(instance);
    assertThat(URI.create(instance).getPath()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "v1/jobs", "/v1/jobs/..", "/../../etc/passwd", "/q/nowhere"})
  void whatLeadsNowhereIsNotFound(String target) throws JsonProcessingException {
    problem(RawRequest.send(service, "GET", target), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "[::1", "a:99999", "%zz", "\u00ff", "a/b"})
  void aMalformedHostIsAProblem(String host) throws JsonProcessingException {
    // When
    Answer answer = RawRequest.exchange(service, "GET /v1/jobs HTTP/1.1\r\nHost: " + host + END);

    // Then
    assertThat(problem(answer, 400, "bad-request").get("detail").textValue()).contains("Host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/jobs", "/v1/jobs?pageSize=1", "/v1/scheduler", "/problems/conflict"})
  void aClientOfHttp10NeedNotNameTheHost(String target) {
    // When
    Answer answer = RawRequest.exchange(service, "GET " + target + " HTTP/1.0\r\n\r\n");

    // Then
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aClientOfHttp10IsToldWhereItsJobIsWithoutNamingTheHost() {
    // Given
    String job =
        "{\"tags\":[\"api-test\"],\"schedule\":{\"type\":\"duration\",\"every\":\"P1D\"},"
            + "\"target\":{\"url\":\"http://127.0.0.1:9/\"}}";

    // When
    Answer answer =
        RawRequest.exchange(
            service,
            "POST /v1/jobs HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: "
                + job.length()
                + "\r\n\r\n"
                + job);

    // Then
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location").orElseThrow()).contains("/v1/jobs/");
  }

  @Test
  void aMissingHostIsAProblemWhateverTheBody() throws JsonProcessingException {
    // When
    Answer answer =
        RawRequest.exchange(service, "POST /v1/jobs HTTP/1.1\r\nContent-Length: 5" + END + "hello");

    // Then
    problem(answer, 400, "bad-request");
  }

  @Test
  void whatIsTooLongIsAProblemUpToWhatCanBeReadAtAll() throws JsonProcessingException {
    problem(
        RawRequest.send(service, "GET", "/v1/jobs?pageToken=" + "a".repeat(9_000)),
        414,
        "uri-too-long");
    problem(
        RawRequest.send(service, "GET", "/v1/jobs", "X-Large: " + "a".repeat(21_000)),
        431,
        "headers-too-large");
    assertThat(RawRequest.send(service, "GET", "/" + "a".repeat(100_000)).status()).isEqualTo(414);
    assertThat(
            RawRequest.send(service, "GET", "/v1/jobs", "X-Large: " + "a".repeat(100_000)).status())
        .isEqualTo(431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "G(T /v1/jobs HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/jobs HTTP/9\r\nHost: a\r\n\r\n",
        "GET /v1/jobs HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n",
        "POST /v1/jobs HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"
      })
  void whatIsNoHttpIsRefusedAndTheConnectionClosed(String octets) {
    // When
    Answer answer = RawRequest.exchange(service, octets);

    // Then
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void aMethodThatNobodyKnowsIsNotAllowed() throws JsonProcessingException {
    for (String method : new String[] {"FOO", "get", "PROPFIND", "TRACE", "CONNECT"}) {
      Answer answer = RawRequest.send(service, method, "/v1/jobs");
      problem(answer, 405, "method-not-allowed");
      assertThat(answer.header("Allow")).contains("DELETE, GET, HEAD, OPTIONS, POST");
    }
  }

  private static JsonNode problem(Answer answer, int status, String kind)
      throws JsonProcessingException {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertThat(problem.get("type").textValue()).isEqualTo("/problems/" + kind);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").textValue()).endsWith(".");
    assertThat(problem.get("instance").textValue()).isNotEmpty();
    return problem;
  }
}
