package io.carillon.api.event;

import static io.carillon.Eventually.eventually;
import static io.carillon.job.DefinitionBuilder.aJob;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.api.event.EventClient.Frame;
import io.carillon.engine.EventLog;
import io.carillon.engine.Jobs;
import io.carillon.engine.Precondition;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.Definition;
import io.carillon.job.LifecycleEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The streams over HTTP, on the embedded Redis. */
@QuarkusTest
class EventStreamsTest {

  private static final Logger LOG = Logger.getLogger(EventStreamsTest.class);
  private static final Definition SELDOM = aJob().every("PT24H").tagged("a", "b").build();

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
  void beginsAtOnceAndTellsWhatHappens() throws JsonProcessingException {
    // Given
    try (EventClient client = EventClient.follow(api.resolve("events?types=job.*"))) {
      eventually().until(() -> client.text().startsWith(": carillon\nretry: 3000\n\n"));

      // When
      jobs.put("bell", SELDOM, Precondition.NONE);

      // Then
      eventually().until(() -> !client.events().isEmpty());
      assertThat(client.response().headers().map())
          .containsEntry("content-type", List.of("text/event-stream"))
          .containsEntry("cache-control", List.of("no-store"));
      Frame created = client.events().get(0);
      JsonNode data = new ObjectMapper().readTree(created.data());
      assertThat(created.event()).isEqualTo("job.created");
      assertThat(data.get("specversion").textValue()).isEqualTo("1.0");
      assertThat(data.get("id").textValue()).isEqualTo(created.id());
      assertThat(data.get("type").textValue()).isEqualTo("io.carillon.job.created");
      assertThat(data.get("subject").textValue()).isEqualTo("bell");
      assertThat(data.get("data")).hasToString("{\"jobId\":\"bell\",\"revision\":1}");
    }
  }

  @Test
  void tellsARunAsItIsReadElsewhere() throws JsonProcessingException {
    // Given
    Definition atOnce = aJob().every("PT24H").runningOnCreate().trying(1).build();
    try (EventClient client = EventClient.follow(api.resolve("events?types=run.*&job=bell"))) {

      // When
      jobs.put("bell", atOnce, Precondition.NONE);

      // Then
      eventually().until(() -> types(client).contains("run.failed"));
      assertThat(types(client)).containsExactly("run.started", "run.failed");
      JsonNode told = new ObjectMapper().readTree(client.events().get(1).data());
      String read =
          given().get("/v1/jobs/bell/runs/" + told.get("subject").textValue()).body().asString();
      assertThat(told.get("data")).isEqualTo(new ObjectMapper().readTree(read));
    }
  }

  @Test
  void tellsOfOneJobOrOfJobsWithAllTags() {
    // Given
    jobs.put("bell", SELDOM, Precondition.NONE);
    try (EventClient ofBell = EventClient.follow(api.resolve("jobs/bell/events"));
        EventClient ofTags = EventClient.follow(api.resolve("events?tag=a&tag=b"));
        EventClient ofOtherTags = EventClient.follow(api.resolve("events?tag=a&tag=c"));
        EventClient ofAll = EventClient.follow(api.resolve("events"))) {

      // When
      jobs.put("other", aJob().every("PT24H").tagged("a").build(), Precondition.NONE);
      jobs.pause("bell", Optional.of("test"), Optional.empty(), Precondition.NONE);
      jobs.put("other", aJob().every("PT24H").tagged("c", "a").build(), Precondition.NONE);

      // Then
      eventually().until(() -> ofAll.events().size() == 3);
      eventually().until(() -> ofOtherTags.events().size() == 1);
      assertThat(types(ofBell)).containsExactly("job.paused");
      assertThat(types(ofTags)).containsExactly("job.paused");
      assertThat(types(ofOtherTags)).containsExactly("job.updated");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events?types=run.*,bell.*      | types",
        "events?types=run.*,             | types",
        "events?job=No                  | job",
        "events?tag=%20                 | tag",
        "events?after=yesterday         | after",
        "events?after=99999999999999999999-0 | after",
        "events?since=0-0               | since",
        "jobs/bell/events?types=gap     | types",
        "jobs/bell/events?job=bell      | job",
        "jobs/B/events                  | id",
      })
  void refusesAWrongRequestBeforeTheStreamBegins(String path, String parameter) {
    // When
    EventClient answer = EventClient.follow(api.resolve(path));

    // Then
    eventually().until(answer::hasEnded);
    assertThat(answer.response().statusCode()).isEqualTo(400);
    assertThat(answer.response().headers().firstValue("content-type"))
        .hasValue("application/problem+json");
    assertThat(answer.text()).contains("\"parameter\":\"" + parameter + "\"");
  }

  @Test
  void refusesAnUnreadableLastEventId() {
    given()
        .header("Last-Event-ID", "1")
        .get("/v1/events")
        .then()
        .statusCode(400)
        .body("errors[0].parameter", equalTo("Last-Event-ID"));
  }

  @Test
  void knowsNoStreamOfAJobThatIsNotThere() {
    given().get("/v1/jobs/bell/events").then().statusCode(404).body("status", equalTo(404));
  }

  @Test
  void answersHeadWithoutAStream() {
    given().head("/v1/events").then().statusCode(200).contentType("text/event-stream");
  }

  @Test
  void offersNothingButAStream() {
    given().accept("application/json").get("/v1/events").then().statusCode(406);
  }

  @Test
  void resumesWithoutGapOrDuplicateWhileMoreHappens() throws InterruptedException {
    // Given
    int changes = 300;
    jobs.put("bell", SELDOM, Precondition.NONE);
    String start = log.end();
    Thread writer = new Thread(() -> changeBell(changes, "busy"), "writer");
    List<EventClient> clients = new ArrayList<>();

    // When
    writer.start();
    for (int client = 0; client < 10; client++) {
      clients.add(EventClient.follow(api.resolve("events?after=" + start)));
    }
    writer.join();

    // Then
    List<String> happened = positionsAfter(start);
    for (EventClient client : clients) {
      eventually().until(() -> client.events().size() >= happened.size());
      assertThat(client.events()).extracting(Frame::id).isEqualTo(happened);
      client.close();
    }
    assertThat(happened).hasSizeGreaterThan(changes / 2);
  }

  @Test
  void cutsOffAClientThatDoesNotReadAndLetsItResumeWithoutLoss() throws IOException {
    // Given
    String long16k = "because ".repeat(2048);
    jobs.put("bell", SELDOM, Precondition.NONE);
    String start = log.end();
    try (UnreadStream unread = UnreadStream.of(api.resolve("events"))) {
      eventually().until(() -> hub.clients() == 1);

      // When
      // What the kernel holds for the connection, what waits in the outbox, and some more.
      changeBell(Outbox.CAPACITY + 600, long16k);
      eventually().until(() -> hub.clients() == 0);

      // Then
      List<Frame> seen = Frame.eventsIn(unread.readToTheEnd());
      List<String> happened = positionsAfter(start);
      assertThat(seen).hasSizeBetween(1, happened.size() - 1);
      String last = seen.get(seen.size() - 1).id();
      try (EventClient again = EventClient.follow(api.resolve("events"), "Last-Event-ID", last)) {
        int missed = happened.size() - seen.size();
        eventually().until(() -> again.events().size() >= missed);
        assertThat(Stream.concat(seen.stream(), again.events().stream()).map(Frame::id))
            .containsExactlyElementsOf(happened);
      }
    }
  }

  @Test
  void forgetsAClientThatLeaves() {
    // Given
    EventClient client = EventClient.follow(api.resolve("events"));
    EventClient staying = EventClient.follow(api.resolve("events"));
    eventually().until(() -> hub.clients() == 2);
    String both = given().get("/q/metrics").body().asString();

    // When
    client.close();

    // Then
    eventually().until(() -> hub.clients() == 1);
    assertThat(both).contains("carillon_sse_clients 2.0");
    staying.close();
  }

  @Test
  void isDocumented() {
    given()
        .queryParam("format", "json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body(
            "paths.'/v1/events'.get.responses.'200'.content.'text/event-stream'.schema.$ref",
            equalTo("#/components/schemas/CloudEvent"))
        .body(
            "paths.'/v1/events'.get.parameters.name",
            hasItems("types", "job", "tag", "after", "Last-Event-ID"))
        .body(
            "paths.'/v1/jobs/{id}/events'.get.parameters.name",
            hasItems("id", "types", "after", "Last-Event-ID"));
  }

  private void changeBell(int times, String reason) {
    for (int time = 0; time < times; time++) {
      try {
        jobs.pause("bell", Optional.of(reason + time), Optional.empty(), Precondition.NONE);
      } catch (StoreUnavailable busy) {
        // It may have happened or not; the log tells, and it is the measure of this test.
        LOG.infof("change of unknown outcome cause=%s", busy.getMessage());
      }
    }
  }

  private List<String> positionsAfter(String start) {
    return log.after(start, 100_000, Duration.ZERO).stream().map(LifecycleEvent::position).toList();
  }

  private static List<String> types(EventClient client) {
    return client.events().stream().map(Frame::event).toList();
  }
}
