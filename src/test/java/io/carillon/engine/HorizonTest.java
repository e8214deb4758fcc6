package io.carillon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Horizon.Entry;
import io.carillon.job.Counters;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.RetryPolicy;
import io.carillon.job.StatusPattern;
import io.carillon.job.Target;
import io.carillon.schedule.DurationSchedule;
import io.carillon.schedule.From;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HorizonTest {

  private static final Instant DUE = Instant.parse("2026-12-01T09:00:00Z");

  private final Horizon horizon = new Horizon();

  @Test
  void whatIsLearntTwiceIsTakenOnce() {
    // Given
    horizon.learn(new Entry(job(), DUE));
    horizon.learn(new Entry(job(), DUE));

    // When
    List<Entry> due = horizon.takeDue(DUE, 10);

    // Then
    assertThat(due).containsExactly(new Entry(job(), DUE));
    assertThat(horizon.takeDue(DUE, 10)).isEmpty();
  }

  private static Job job() {
    Target target =
        new Target(
            URI.create("http://127.0.0.1/"),
            "POST",
            Map.of(),
            Optional.empty(),
            Duration.ofSeconds(15),
            List.of(StatusPattern.SUCCESSFUL),
            Target.Completion.RESPONSE,
            Duration.ofHours(1),
            Optional.empty());
    Definition definition =
        new Definition(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new DurationSchedule(Duration.ofSeconds(1), From.SCHEDULE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Duration.ZERO,
            target,
            Optional.empty(),
            RetryPolicy.DEFAULT,
            Optional.empty(),
            MisfirePolicy.DEFAULT,
            Optional.empty());
    return new Job(
        "ring",
        1,
        "mi8z3kq0",
        JobState.ACTIVE,
        Optional.empty(),
        definition,
        DUE,
        DUE,
        DUE,
        Optional.of(DUE),
        Optional.empty(),
        0,
        Counters.NONE,
        Optional.empty());
  }
}
