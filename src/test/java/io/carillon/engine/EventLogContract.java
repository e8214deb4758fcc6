package io.carillon.engine;

import static io.carillon.Eventually.eventually;
import static io.carillon.engine.LedgerSteps.done;
import static io.carillon.job.DefinitionBuilder.aJob;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.JobStore.SetState;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Job;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log of events keeps to. */
public abstract class EventLogContract {

  private static final Duration NO_WAIT = Duration.ZERO;

  private EventLog events;
  private LedgerSteps steps;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    events = ports().events();
    steps = new LedgerSteps(ports());
  }

  @Test
  void anEmptyLogEndsBeforeItsFirstEvent() {
    // Given
    String end = events.end();

    // When
    steps.dueJob("bells");

    // Then
    assertThat(events.after(end, 10, NO_WAIT))
        .extracting(LifecycleEvent::type)
        .containsExactly("job.created");
  }

  @Test
  void theEndIsThePositionOfTheNewestEvent() {
    // Given
    steps.dueJob("one");
    steps.dueJob("two");

    // When
    String end = events.end();

    // Then
    List<LifecycleEvent> all = events.after("0-0", 10, NO_WAIT);
    assertThat(end).isEqualTo(all.get(1).position());
    assertThat(events.oldest()).contains(all.get(0).position());
    assertThat(events.after(end, 10, NO_WAIT)).isEmpty();
  }

  @Test
  void anEmptyLogHasNoOldestEvent() {
    assertThat(events.oldest()).isEmpty();
  }

  @Test
  void readingOnFromEachPagesEndMissesAndRepeatsNothing() {
    // Given
    IntStream.range(0, 10).forEach(i -> steps.dueJob("job-" + i));
    List<String> read = new ArrayList<>();

    // When
    List<LifecycleEvent> page = events.after("0-0", 3, NO_WAIT);
    while (!page.isEmpty()) {
      page.forEach(event -> read.add(event.jobId().orElseThrow()));
      page = events.after(page.get(page.size() - 1).position(), 3, NO_WAIT);
    }

    // Then
    assertThat(read)
        .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> "job-" + i).toList());
  }

  @Test
  void readingOnFromTheMidstOfWhatOneChangeToldMissesAndRepeatsNothing() {
    // Given
    IntStream.range(0, 5).forEach(i -> steps.readyRun("job-" + i));
    String before = events.end();
    steps.take("a", "all");

    // When
    List<LifecycleEvent> all = events.after(before, 10, NO_WAIT);
    List<LifecycleEvent> rest = events.after(all.get(1).position(), 10, NO_WAIT);

    // Then
    assertThat(all)
        .hasSize(5)
        .allSatisfy(event -> assertThat(event.type()).isEqualTo("run.started"));
    assertThat(rest).isEqualTo(all.subList(2, 5));
    assertThat(events.after(before, 2, NO_WAIT)).isEqualTo(all.subList(0, 2));
    assertThat(events.end()).isEqualTo(all.get(4).position());
  }

  @Test
  void positionsGrow() {
    // Given
    IntStream.range(0, 12).forEach(i -> steps.dueJob("job-" + i));

    // When
    List<String> positions =
        events.after("0-0", 20, NO_WAIT).stream().map(LifecycleEvent::position).toList();

    // Then
    for (int i = 1; i < positions.size(); i++) {
      assertThat(events.before(positions.get(i - 1), positions.get(i))).isTrue();
      assertThat(events.before(positions.get(i), positions.get(i - 1))).isFalse();
    }
    assertThat(events.before(positions.get(0), positions.get(0))).isFalse();
    assertThat(events.before("5-9", "5-10")).isTrue();
    assertThat(events.before("9-0", "10-0")).isTrue();
  }

  @Test
  void eachPositionFollowsTheOneBeforeFromTheVeryFirstOn() {
    // Given
    String start = events.end();
    IntStream.range(0, 3).forEach(i -> steps.readyRun("job-" + i));
    steps.take("a", "all");

    // When
    List<String> positions =
        events.after(start, 20, NO_WAIT).stream().map(LifecycleEvent::position).toList();

    // Then
    assertThat(positions).hasSizeGreaterThan(3);
    assertThat(events.follows(start, positions.get(0))).isTrue();
    assertThat(events.follows("0-0", positions.get(0))).isTrue();
    assertThat(events.follows(start, positions.get(1))).isFalse();
    for (int i = 1; i < positions.size(); i++) {
      assertThat(events.follows(positions.get(i - 1), positions.get(i))).isTrue();
      assertThat(events.follows(positions.get(i), positions.get(i))).isFalse();
    }
  }

  @Test
  void aPositionIsToldFromWhatIsNone() {
    assertThat(List.of("0-0", "1763791200000-0", "1-42")).allMatch(events::isPosition);
    assertThat(List.of("", "-", "12", "a-b", "1-2-3", "-1-0", "1-", "99999999999999999999-0"))
        .noneMatch(events::isPosition);
  }

  @Test
  void anEventTellsOfItsJobAsItWas() {
    // Given
    steps.dueJob("bells", aJob().tagged("tower", "loud"));

    // When
    LifecycleEvent told = events.after("0-0", 10, NO_WAIT).get(0);

    // Then
    assertThat(told.type()).isEqualTo("job.created");
    assertThat(told.jobId()).contains("bells");
    assertThat(told.tags()).containsExactly("tower", "loud");
    assertThat(told.run()).isEqualTo(Optional.empty());
    assertThat(told.details()).containsEntry("revision", 1L);
    assertThat(events.isPosition(told.position())).isTrue();
  }

  @Test
  void aReasonIsATextWhateverItIsMadeOf() {
    // Given
    Job job = steps.dueJob("bells");
    SetState pause = steps.pause(job, Optional.empty());

    // When
    done(
        ports()
            .jobs()
            .setState(
                new SetState(
                    pause.id(),
                    pause.revision(),
                    pause.state(),
                    Optional.of(new Pause(Optional.of("48213"), steps.now(), Optional.empty())),
                    pause.at(),
                    pause.nextRunAt(),
                    pause.dueAt())));

    // Then
    assertThat(events.after("0-0", 10, NO_WAIT).get(1).details()).containsEntry("reason", "48213");
  }

  @Test
  void whoeverWaitsIsAnsweredWhenAnEventComes() throws Exception {
    // Given
    String end = events.end();
    CompletableFuture<List<LifecycleEvent>> waiting =
        CompletableFuture.supplyAsync(() -> events.after(end, 10, Eventually.BOUND));

    // When
    steps.dueJob("bells");

    // Then
    assertThat(waiting.get(Eventually.BOUND.toMillis(), MILLISECONDS))
        .extracting(LifecycleEvent::type)
        .containsExactly("job.created");
  }

  @Test
  void whoeverWaitsInVainIsAnsweredWithNothing() {
    // Given
    CompletableFuture<List<LifecycleEvent>> waiting =
        CompletableFuture.supplyAsync(() -> events.after(events.end(), 10, Duration.ofMillis(50)));

    // When
    eventually().until(waiting::isDone);

    // Then
    assertThat(waiting.join()).isEmpty();
  }
}
