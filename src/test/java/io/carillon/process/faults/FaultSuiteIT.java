package io.carillon.process.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.process.faults.Promise.Repeats;
import io.carillon.process.faults.ReplicaFault.Blow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All faults, one after another, on one cluster; how often is a {@link FaultSettings setting}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultSuiteIT {

  /** How long to watch beyond the longest gap that is promised, and at least until it is over. */
  private static final Duration WATCHED_BEYOND = Duration.ofMillis(500);

  private final FaultSettings settings = FaultSettings.ofSystemProperties();
  private final List<Trial> trials = new ArrayList<>();
  private Bells bells;

  @BeforeAll
  void start() {
    bells = new Bells(Path.of(System.getProperty("carillon.jar")));
  }

  @AfterAll
  void stop() {
    bells.close();
  }

  Stream<Fault> faults() {
    return Stream.of(
            Stream.of(new Calm(Duration.ofSeconds(3))),
            Arrays.stream(Blow.values())
                .flatMap(
                    blow -> Arrays.stream(Role.values()).map(role -> new ReplicaFault(blow, role))),
            Arrays.stream(RedisFault.values()),
            Stream.of(new CutTail(new Newcomers(bells.receiver())), new RollingRestart()))
        .<Fault>flatMap(kind -> kind)
        .filter(settings::asksFor);
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("faults")
  void nothingIsLostNothingHasTwoNamesAndTheGapIsAsPromised(Fault fault) {
    // Given
    Duration observation = fault.promise().gap().plus(WATCHED_BEYOND);

    // When
    List<Trial> these = new ArrayList<>();
    for (int time = 1; time <= settings.times(); time++) {
      Trial trial = bells.suffer(fault, observation);
      trials.add(trial);
      these.add(trial);
      fault.check(bells.cluster(), trial);
    }

    // Then
    these.forEach(bells::awaitEvents);
    assertThat(these).map(bells::account).allSatisfy(this::assertPromisesOf);
  }

  @Order(2)
  @Test
  void whatCameLaterHasBrokenNoPromise() {
    // When
    List<Account> accounts = trials.stream().map(bells::account).toList();

    // Then
    System.out.printf(
        "%nEach fault %d times; %s (carillon.faults.slack)%n%n%s%n",
        settings.times(), settings.slack(), new FaultTable(accounts));
    assertThat(accounts).isNotEmpty().allSatisfy(this::assertPromisesOf);
  }

  private void assertPromisesOf(Account account) {
    Promise promise = account.trial().fault().promise();
    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(account.fires()).as("fires").isPositive();
    softly.assertThat(account.lost()).as("lost").isEmpty();
    softly.assertThat(account.untold()).as("not told as an event").isEmpty();
    softly.assertThat(account.unscheduled()).as("unscheduled").isEmpty();
    softly.assertThat(account.namesPerOccurrence()).as("ids per occurrence").isEqualTo(1);
    softly.assertThat(account.doublesBeyondTheFault()).as("doubles beyond it").isEmpty();
    softly.assertThat(account.endedTwice()).as("ended twice").isEmpty();
    if (promise.repeats() == Repeats.NOTHING) {
      softly.assertThat(account.doubles()).as("doubles").isZero();
    }
    softly.assertAll();
    settings.slack().judge("gap", account.gap(), promise.gap());
    settings.slack().judge("recovery", account.recovery(), promise.recovery());
  }
}
