package io.carillon.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.job.Attempt;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CloudEventTest {

  private static final Instant AT = Instant.parse("2026-12-01T09:00:00.012Z");

  @Test
  void tellsOfARunTheRun() {
    // Given
    Instant scheduledAt = Instant.parse("2026-12-01T09:00:00Z");
    Run run =
        new Run(
            RunId.ofOccurrence("bell", "abc", scheduledAt),
            Trigger.CATCH_UP,
            RunState.RUNNING,
            scheduledAt,
            Optional.of(AT),
            Optional.empty(),
            Optional.empty(),
            0,
            List.of(Attempt.begun(1, AT)));

    // When
    String frame =
        Frames.of(
                new LifecycleEvent(
                    "5-1",
                    "run.started",
                    AT,
                    Optional.of("bell"),
                    List.of("x"),
                    Optional.of(run),
                    Map.of()))
            .toString();

    // Then
    assertThat(frame)
        .isEqualTo(
            """
            id: 5-1
            event: run.started
            data: {"specversion":"1.0","id":"5-1","source":"/carillon",\
            "type":"io.carillon.run.started","subject":"bell_abc_1796115600000",\
            "time":"2026-12-01T09:00:00.012Z","datacontenttype":"application/json",\
            "data":{"jobId":"bell","id":"bell_abc_1796115600000","trigger":"catch-up",\
            "state":"running","scheduledAt":"2026-12-01T09:00:00.000Z",\
            "startedAt":"2026-12-01T09:00:00.012Z","latenessMs":12,\
            "attempts":[{"number":1,"at":"2026-12-01T09:00:00.012Z"}]}}

            """);
  }

  @Test
  void staysOnOneLineWhateverAReasonSays() {
    // Given
    LifecycleEvent paused =
        new LifecycleEvent(
            "6-0",
            "job.paused",
            AT,
            Optional.of("bell"),
            List.of(),
            Optional.empty(),
            Map.of("reason", "line\r\nevent: forged\n\ndata: {}\u2028\u0085"));

    // When
    String frame = Frames.of(paused).toString();

    // Then
    assertThat(frame.split("\r\n|\n|\r", -1)).hasSize(5).noneMatch("event: forged"::equals);
    assertThat(frame).contains("\"subject\":\"bell\"", "\"reason\":\"line\\r\\nevent: forged");
  }

  @Test
  void hasNoSubjectWhereNeitherAJobNorARunIsConcerned() {
    // Given
    LifecycleEvent elected =
        new LifecycleEvent(
            "7-0",
            "leader.elected",
            AT,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Map.of("epoch", 3L));

    // When
    String frame = Frames.of(elected).toString();

    // Then
    assertThat(frame).doesNotContain("subject").endsWith("\"data\":{\"epoch\":3}}\n\n");
  }
}
