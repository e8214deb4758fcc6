package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.IdempotentRequests;
import io.carillon.engine.IdempotentRequests.Making;
import io.carillon.engine.IdempotentRequests.Result;
import io.carillon.engine.JobFilter;
import io.carillon.engine.JobSort;
import io.carillon.engine.Jobs;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.Makings;
import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.Ports;
import io.carillon.engine.twin.Safeguard;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.Job;
import io.carillon.job.ManualOccurrence;
import io.carillon.job.Run;
import io.carillon.redis.Intercepted.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request with an idempotency key, of which one message on the way to the store or back is lost,
 * whichever it is: repeated, it has made one thing.
 */
class LostMessagesUnderKeysTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  /** More than a request and its repetition ask. */
  private static final int QUESTIONS = 6;

  private int drawn;

  /** What is lost, of which question, and whether whoever asked it lives on. */
  record Loss(int question, boolean onlyTheAnswer, boolean dies) {

    boolean isOf(int asked) {
      return dies ? asked >= question : asked == question;
    }

    /** After its death a replica asks nothing. */
    boolean isUnasked(int asked) {
      return !onlyTheAnswer || asked > question;
    }
  }

  private record Case(String store, Loss loss, Function<String, Ports> ports) {
    @Override
    public String toString() {
      return store + ' ' + loss;
    }
  }

  static Stream<Case> losses() {
    return Stream.of("model", "Redis")
        .flatMap(
            store ->
                IntStream.range(0, QUESTIONS)
                    .boxed()
                    .flatMap(
                        question ->
                            Stream.of(true, false)
                                .flatMap(
                                    answer ->
                                        Stream.of(true, false)
                                            .map(dies -> new Loss(question, answer, dies))))
                    .map(loss -> new Case(store, loss, LostMessagesUnderKeysTest::ports)));
  }

  private static Ports ports(String store) {
    return store.equals("Redis") ? REDIS.ports() : new InMemoryLedger(new SettableClock());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void oneKeyMakesOneJob(Case lossy) {
    // Given
    Ports ports = lossy.ports().apply(lossy.store());

    // When
    Job made = repeated(ports, lossy.loss(), this::aCreation);

    // Then
    assertThat(jobs(ports)).containsExactly(made);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void oneKeyMakesOneRun(Case lossy) {
    // Given
    Ports ports = lossy.ports().apply(lossy.store());
    new LedgerSteps(ports).dueJob("bells");

    // When
    Run made = repeated(ports, lossy.loss(), this::aRun);

    // Then
    assertThat(ports.runs().runs("bells")).containsExactly(made);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aJobThatWasMadeAndDeletedIsNotMadeAgain(Case lossy) {
    // Given
    Ports ports = lossy.ports().apply(lossy.store());
    Optional<Job> first = attempted(through(ports, lossy.loss()), this::aCreation);
    List<Job> there = jobs(ports);
    there.forEach(job -> ports.jobs().delete(job.id(), job.revision()));
    ports.pass(IdempotencyKeys.CLAIM);

    // When
    Job shown = result(once(ports, this::aCreation));

    // Then
    assertThat(first.stream().toList()).isSubsetOf(there);
    assertThat(jobs(ports)).hasSize(1 - there.size());
    if (!there.isEmpty()) {
      assertThat(shown).isEqualTo(there.get(0));
    }
  }

  /** Control: the same request, where a key is free again once nobody knows what was made. */
  @Test
  void aKeyThatIsGivenBackAfterALostAnswerMakesTwoJobs() {
    // Given
    Set<Safeguard> missing = Set.of(Safeguard.IDEMPOTENCY_KEY);
    List<Integer> made = new ArrayList<>();

    // When
    for (int question = 0; question < QUESTIONS; question++) {
      InMemoryLedger ports = new InMemoryLedger(new SettableClock(), 50, missing);
      repeated(ports, new Loss(question, true, false), this::aCreation);
      made.add(jobs(ports).size());
    }

    // Then
    assertThat(made).contains(2);
  }

  @Test
  void aRefusalLeavesTheKeyFreeForAnotherRequest() {
    // Given
    Ports ports = REDIS.ports();
    assertThatThrownBy(() -> once(ports, this::aRun)).isInstanceOf(Makings.Refused.class);

    // When
    Result<Job> other = requests(ports).once("key", "other", aCreation(ports));

    // Then
    assertThat(other).isInstanceOf(Result.Made.class);
  }

  /** The first try, then the same until it is known what it made. */
  private <T> T repeated(Ports ports, Loss loss, Function<Ports, Making<T>> making) {
    Optional<T> first = attempted(through(ports, loss), making);
    Result<T> again = once(ports, making);
    if (again instanceof Result.InProgress) {
      ports.pass(IdempotencyKeys.CLAIM);
      again = once(ports, making);
    }
    T second = result(again);
    T third = result(once(ports, making));
    assertThat(third).isEqualTo(second);
    assertThat(first.orElse(second)).isEqualTo(second);
    return second;
  }

  private <T> Optional<T> attempted(Ports ports, Function<Ports, Making<T>> making) {
    try {
      return Optional.of(result(once(ports, making)));
    } catch (StoreUnavailable lost) {
      return Optional.empty();
    }
  }

  private static <T> T result(Result<T> result) {
    return result instanceof Result.Made<T> made
        ? made.made()
        : ((Result.MadeBefore<T>) result).made();
  }

  private <T> Result<T> once(Ports ports, Function<Ports, Making<T>> making) {
    return requests(ports).once("key", "request", making.apply(ports));
  }

  private IdempotentRequests requests(Ports ports) {
    return new IdempotentRequests(ports.idempotencyKeys(), new Random(++drawn));
  }

  private static Ports through(Ports ports, Loss loss) {
    int[] asked = {-1};
    Interceptor network =
        (method, arguments, port) -> {
          asked[0]++;
          if (!loss.isOf(asked[0])) {
            return port.apply(arguments);
          }
          if (!loss.isUnasked(asked[0])) {
            port.apply(arguments);
          }
          StoreUnavailable lost = StoreUnavailable.silent("lost", null);
          if (method.equals("releaseKey")) {
            return failedFuture(lost);
          }
          throw lost;
        };
    return new Intercepted(ports, network);
  }

  private Making<Job> aCreation(Ports ports) {
    Jobs jobs = new Jobs(ports.jobs(), ports.clock(), new Random(1));
    return Makings.ofJob(jobs, ports.jobs(), aJob().every("PT1H").build(), () -> "job-" + ++drawn);
  }

  private Making<Run> aRun(Ports ports) {
    return Makings.ofRun(
        ports.jobs(),
        ports.runs(),
        "bells",
        () -> new ManualOccurrence(ports.clock().instant(), "x" + ++drawn));
  }

  private static List<Job> jobs(Ports ports) {
    return ports.jobs().list(JobFilter.ALL, JobSort.ID, 10, Optional.empty()).jobs();
  }
}
