package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.SetState;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.Ports;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.Definition;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.JobState;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunState;
import io.carillon.redis.Bookkeeping.Contradiction;
import io.carillon.redis.Intercepted.Interceptor;
import io.carillon.redis.RandomHistory.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The model of the ledger, to which the scripts are compared, keeps its promises whatever is asked
 * of it: {@link Bookkeeping} from outside never has a contradiction to report. {@code
 * -Dcarillon.seeds} and {@code -Dcarillon.seed} as for the scripts.
 */
class ModelUnderRandomOperationsTest {

  private static final int STEPS = 60;
  private static final int HISTORY_KEPT = 3;
  private static final long FIRST = Long.getLong("carillon.seed", 1);
  private static final long SEEDS = Long.getLong("carillon.seeds", 10_000);
  private static final long SEEDS_OF_A_CONTROL = 1_000;

  /** Nothing is wrong with the ports. */
  private static final Function<InMemoryLedger, Interceptor> SOUND =
      model -> (method, asked, port) -> port.apply(asked);

  @Test
  void theBooksAlwaysBalance() {
    // When
    Optional<String> contradiction = firstContradiction(SOUND, FIRST, SEEDS);

    // Then
    assertThat(contradiction).isEmpty();
  }

  @Test
  void aPauseThatIsAnsweredAndNotMadeIsFound() {
    // Given
    Function<InMemoryLedger, Interceptor> deaf =
        model ->
            (method, asked, port) -> {
              boolean pause =
                  method.equals("setState") && ((SetState) asked[0]).state() == JobState.PAUSED;
              return pause
                  ? model
                      .jobs()
                      .find(((SetState) asked[0]).id())
                      .<Written>map(Written.Done::new)
                      .orElseGet(Written.Absent::new)
                  : port.apply(asked);
            };

    // When
    Optional<String> contradiction = firstContradiction(deaf, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(contradiction).isPresent();
  }

  @Test
  void aDeletionThatIsAnsweredAndNotMadeIsFound() {
    // Given
    Function<InMemoryLedger, Interceptor> deaf =
        model ->
            (method, asked, port) -> method.equals("delete") ? Boolean.TRUE : port.apply(asked);

    // When
    Optional<String> contradiction = firstContradiction(deaf, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(contradiction).isPresent();
  }

  @Test
  void aLimitThatIsNotKeptIsFound() {
    // Given
    Function<InMemoryLedger, Interceptor> generous =
        model ->
            (method, asked, port) -> port.apply(method.equals("putAll") ? unlimited(asked) : asked);

    // When
    Optional<String> contradiction = firstContradiction(generous, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(contradiction).hasValueSatisfying(text -> assertThat(text).contains(" of Optional"));
  }

  @Test
  void aLeaderThatIsNotFencedIsFound() {
    // Given
    Function<InMemoryLedger, Interceptor> unfenced =
        model ->
            (method, asked, port) -> {
              boolean claims = method.equals("claim") && model.lease().holder().isPresent();
              return port.apply(
                  claims
                      ? new Object[] {
                        model.lease().holder().orElseThrow().epoch(), asked[1], asked[2]
                      }
                      : asked);
            };

    // When
    Optional<String> contradiction = firstContradiction(unfenced, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(contradiction)
        .hasValueSatisfying(text -> assertThat(text).contains("claimed in epoch"));
  }

  @Test
  void aRunThatGoesBackToWhereItCannotHaveComeFromIsFound() {
    // Given
    Function<InMemoryLedger, Interceptor> confused =
        model ->
            (method, asked, port) -> {
              Object answer = port.apply(asked);
              if (method.equals("finish")) {
                List.of("bells", "gongs", "chimes").stream()
                    .flatMap(job -> model.runs().runs(job).stream())
                    .filter(run -> run.state() == RunState.READY)
                    .map(Run::id)
                    .findFirst()
                    .ifPresent(run -> model.damage().setState(run, RunState.RETRYING));
              }
              return answer;
            };

    // When
    Optional<String> contradiction = firstContradiction(confused, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(contradiction)
        .hasValueSatisfying(text -> assertThat(text).contains("from READY to RETRYING"));
  }

  private static Object[] unlimited(Object[] asked) {
    Object[] changed = asked.clone();
    changed[0] = ((List<?>) asked[0]).stream().map(put -> unlimited((Put) put)).toList();
    return changed;
  }

  private static Put unlimited(Put put) {
    Definition unlimited = DefinitionBuilder.limited(put.definition(), Optional.empty());
    return new Put(
        put.id(),
        put.revision(),
        put.seenNext(),
        unlimited,
        put.state(),
        put.pause(),
        put.at(),
        put.anchor(),
        put.nextRunAt(),
        put.dueAt(),
        put.under());
  }

  private static Optional<String> firstContradiction(
      Function<InMemoryLedger, Interceptor> fault, long first, long seeds) {
    return LongStream.range(first, first + seeds)
        .parallel()
        .mapToObj(seed -> contradiction(seed, fault))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> contradiction(
      long seed, Function<InMemoryLedger, Interceptor> fault) {
    InMemoryLedger model = new InMemoryLedger(new SettableClock(), HISTORY_KEPT);
    Bookkeeping books = new Bookkeeping();
    Ports faulty = new Intercepted(model, fault.apply(model));
    Ports seen =
        new Intercepted(
            faulty,
            (method, asked, port) -> {
              Object answer = port.apply(asked);
              books.note(method, asked, answer, model.clock().instant());
              return answer;
            });
    Inspection inspection = new Inspection(model, books);
    RandomHistory history = new RandomHistory(seed, model);
    List<Step> past = new ArrayList<>();
    String told = "0-0";
    try {
      for (int i = 0; i < STEPS; i++) {
        Step step = history.next();
        past.add(step);
        history.learn(step, step.answerOf(seen));
        for (LifecycleEvent event : model.events().after(told, 1_000, Duration.ZERO)) {
          books.hear(event);
          told = event.position();
        }
        inspection.inspect();
      }
      return Optional.empty();
    } catch (Contradiction contradiction) {
      return Optional.of(
          "seed %d: %s%nafter%n%s"
              .formatted(
                  seed,
                  contradiction.getMessage(),
                  String.join("\n", past.stream().map(Step::toString).toList())));
    }
  }
}
