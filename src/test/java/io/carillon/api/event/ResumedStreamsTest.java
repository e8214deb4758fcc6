package io.carillon.api.event;

import static io.carillon.Eventually.eventually;
import static io.carillon.job.DefinitionBuilder.aJob;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.event.EventClient.Frame;
import io.carillon.engine.EventLog;
import io.carillon.engine.Jobs;
import io.carillon.engine.Precondition;
import io.carillon.job.Definition;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of clients that name a position, over HTTP, on the embedded Redis. */
@QuarkusTest
class ResumedStreamsTest {

  private static final Definition SELDOM = aJob().every("PT24H").build();

  @TestHTTPResource("/v1/")
  URI api;

  @Inject Jobs jobs;
  @Inject EventLog log;
  @Inject EventHub hub;

  @AfterEach
  void everybodyLeaves() {
    jobs.delete("bell", Precondition.NONE);
    jobs.delete("other", Precondition.NONE);
    eventually().until(() -> hub.clients() == 0);
  }

  @Test
  void resumesWithTheHeaderRatherThanTheQuery() {
    // Given
    String start = log.end();
    jobs.put("bell", SELDOM, Precondition.NONE);
    String seen = log.end();
    jobs.pause("bell", Optional.empty(), Optional.empty(), Precondition.NONE);

    // When
    try (EventClient client =
            EventClient.follow(api.resolve("events?after=" + start), "Last-Event-ID", seen);
        EventClient begun =
            EventClient.follow(api.resolve("events?after=" + start), "Last-Event-ID", "")) {

      // Then
      eventually().until(() -> types(client).equals(List.of("job.paused")));
      eventually().until(() -> types(begun).equals(List.of("job.created", "job.paused")));
    }
  }

  @Test
  void beginsWithTheOldestEventWhereNothingWasTrimmed() {
    // Given
    jobs.put("bell", SELDOM, Precondition.NONE);

    // When
    try (EventClient client = EventClient.follow(api.resolve("events?after=0-0"))) {

      // Then
      eventually().until(() -> types(client).size() > 1);
      assertThat(client.events().get(0).id()).isEqualTo(log.oldest().orElseThrow());
      assertThat(types(client)).doesNotContain("gap");
    }
  }

  @Test
  void beginsWithAGapWhereThePositionIsOfAnotherLog() {
    // Given
    jobs.put("bell", SELDOM, Precondition.NONE);
    String oldest = log.oldest().orElseThrow();

    // When
    try (EventClient later =
            EventClient.follow(api.resolve("events"), "Last-Event-ID", "99999999999999-1");
        EventClient between = EventClient.follow(api.resolve("events?after=1-987654321"))) {

      // Then
      eventually().until(() -> types(later).equals(List.of("gap")));
      eventually().until(() -> types(between).size() > 1);
      assertThat(later.events().get(0).data())
          .contains("{\"after\":\"99999999999999-1\",\"oldest\":\"" + oldest + "\"}");
      assertThat(types(between).get(0)).isEqualTo("gap");
      assertThat(between.events().get(1).id()).isEqualTo(oldest);
    }
  }

  @Test
  void tellsWhatIsKeptOfADeletedJobToAClientThatResumes() {
    // Given
    String start = log.end();
    jobs.put("bell", SELDOM, Precondition.NONE);
    jobs.put("other", SELDOM, Precondition.NONE);
    String created = log.after(start, 1, Duration.ZERO).get(0).position();
    jobs.delete("bell", Precondition.NONE);

    // When
    URI stream = api.resolve("jobs/bell/events");
    try (EventClient asked = EventClient.follow(api.resolve("jobs/bell/events?after=" + start));
        EventClient resumed = EventClient.follow(stream, "Last-Event-ID", created)) {

      // Then
      eventually().until(() -> types(asked).equals(List.of("job.created", "job.deleted")));
      eventually().until(() -> types(resumed).equals(List.of("job.deleted")));
      given().get("/v1/jobs/bell/events").then().statusCode(404);
      given().header("Last-Event-ID", "").get("/v1/jobs/bell/events").then().statusCode(404);
    }
  }

  private static List<String> types(EventClient client) {
    return client.events().stream().map(Frame::event).toList();
  }
}
