package io.carillon.engine;

import static io.carillon.engine.JobLife.START;
import static io.carillon.engine.JobLife.at;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Jobs.Changed;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.JobState;
import io.carillon.job.MisfirePolicy.OnMisfire;
import io.carillon.schedule.DailySchedule;
import io.carillon.schedule.DstPolicy;
import io.carillon.schedule.From;
import io.carillon.schedule.MonthlySchedule;
import io.carillon.schedule.NamedZone;
import io.carillon.schedule.RandomDurationSchedule;
import io.carillon.schedule.WeeklySchedule;
import io.carillon.schedule.ZoneNames;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schedule and startAt fix the phase of a job, and no other member of its definition. */
class PhaseOfAChangedJobTest {

  private static final NamedZone BERLIN = ZoneNames.find("Europe/Berlin").orElseThrow();
  private static final List<LocalTime> NOON = List.of(LocalTime.NOON);
  private static final long DAY = 86_400;
  private static final Instant FAR = at(4_000 * DAY);

  /**
   * A kind of schedule.
   *
   * @param seconds how old a job is when it is changed: as old as to have another phase if it were
   *     anchored then
   */
  private enum Kind {
    STEADY(7, job -> job.every("PT10S")),
    STEADY_SINCE_ITS_START(7, job -> job.every("PT10S").startingAt(at(-3))),
    CRON_EVERY(7, job -> job.cron("@every 10s")),
    CRON(7, job -> job.cron("*/10 * * * * *")),
    RESTING(7, job -> job.restingBetweenRuns("PT10S")),
    DRAWN(7, job -> job.on(drawn(From.SCHEDULE))),
    DRAWN_AND_RESTING(7, job -> job.on(drawn(From.COMPLETION))),
    EVERY_THIRD_DAY(DAY + 7, job -> job.on(new DailySchedule(3, NOON, BERLIN, DstPolicy.DEFAULT))),
    FORTNIGHTLY(
        8 * DAY,
        job ->
            job.on(
                new WeeklySchedule(
                    2,
                    List.of(DayOfWeek.FRIDAY),
                    NOON,
                    DayOfWeek.MONDAY,
                    BERLIN,
                    DstPolicy.DEFAULT))),
    EVERY_SECOND_MONTH(
        35 * DAY,
        job -> job.on(new MonthlySchedule(2, List.of(15), NOON, BERLIN, DstPolicy.DEFAULT))),
    LISTED(7, job -> job.once(at(5), at(20), at(60))),
    AT_ONCE(7, job -> job.once()),
    ONCE_AT_ITS_START(7, job -> job.once().startingAt(at(20))),
    ON_CREATION_TOO(7, job -> job.every("PT10S").runningOnCreate()),
    LISTENER(7, job -> job.onEvent("run.failed"));

    private final long seconds;
    private final UnaryOperator<DefinitionBuilder> schedule;

    Kind(long seconds, UnaryOperator<DefinitionBuilder> schedule) {
      this.seconds = seconds;
      this.schedule = schedule;
    }

    DefinitionBuilder job() {
      return schedule.apply(aJob().endingAt(at(3_000 * DAY)).jitteredBy("PT2S"));
    }

    private static RandomDurationSchedule drawn(From from) {
      return new RandomDurationSchedule(Duration.ofSeconds(5), Duration.ofSeconds(20), from);
    }
  }

  /** A member that is changed. */
  private enum Member {
    NAME(job -> job.named("new")),
    TAGS(job -> job.tagged("new")),
    LATER_END(job -> job.endingAt(FAR)),
    EARLIER_END(job -> job.endingAt(at(2_000 * DAY))),
    MAX_RUNS(job -> job.atMost(1_000)),
    RUN_ON_CREATE(job -> job.runningOnCreate()),
    MORE_JITTER(job -> job.jitteredBy("PT3S")),
    TARGET(job -> job.to("http://127.0.0.1:2/")),
    TIMEOUT(job -> job.within("PT1S")),
    COMPLETION(job -> job.reported()),
    GUARD(job -> job.guardedWithin("PT1S")),
    RETRY(job -> job.trying(2)),
    CONCURRENCY(job -> job.limitedTo(new ConcurrencyPolicy(1, OnLimit.QUEUE, 3))),
    MISFIRE(job -> job.whenMissed(OnMisfire.FIRE_ALL)),
    FAILURE(job -> job.pausedAfter(9));

    private final UnaryOperator<DefinitionBuilder> change;

    Member(UnaryOperator<DefinitionBuilder> change) {
      this.change = change;
    }
  }

  /** What the job is at when it is changed. */
  private enum Situation {
    ACTIVE,
    OVERDUE,
    RUNNING,
    PAUSED,
    RESUMED_LATE
  }

  static Stream<Arguments> kindsAndMembers() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> Arrays.stream(Member.values()).map(member -> Arguments.of(kind, member)));
  }

  @ParameterizedTest
  @MethodSource("kindsAndMembers")
  void whatAnotherMemberIsChangedOfRunsWhenItWould(Kind kind, Member member) {
    for (Situation situation : Situation.values()) {
      for (boolean patched : new boolean[] {false, true}) {
        // Given
        JobLife unchanged = aged(kind, situation);
        JobLife life = aged(kind, situation);
        DefinitionBuilder definition = member.change.apply(kind.job());

        // When
        Changed changed = patched ? life.patch(definition) : life.put(definition);

        // Then
        String what = situation + (patched ? " patched" : " put");
        assertThat(changed).as(what).isNotInstanceOf(Changed.NeverFires.class);
        assertThat(life.job().state()).as(what).isEqualTo(unchanged.job().state());
        assertThat(life.job().anchor()).as(what).isEqualTo(unchanged.job().anchor());
        assertThat(life.job().nextRunAt()).as(what).isEqualTo(unchanged.job().nextRunAt());
        assertThat(life.dueAt()).as(what).isEqualTo(unchanged.dueAt());
        goOn(situation, unchanged);
        goOn(situation, life);
        assertThat(life.toCome(5)).as(what).isEqualTo(unchanged.toCome(5));
      }
    }
  }

  private static JobLife aged(Kind kind, Situation situation) {
    JobLife life = new JobLife();
    life.put(kind.job());
    life.pass(kind.seconds);
    if (situation == Situation.OVERDUE) {
      life.pass(30);
      return life;
    }
    life.claimDue();
    if (situation == Situation.RUNNING) {
      life.job().nextRunAt().ifPresent(next -> life.clock.jumpTo(next.plusSeconds(2)));
      life.claimDue();
    } else if (situation != Situation.ACTIVE) {
      life.pause();
      life.pass(situation == Situation.RESUMED_LATE ? 35 : 1);
    }
    return life;
  }

  private static void goOn(Situation situation, JobLife life) {
    if (situation == Situation.RUNNING) {
      life.endRuns();
    }
    life.resume();
  }

  // Completed jobs

  private static void complete(JobLife life, DefinitionBuilder definition, long seconds) {
    life.put(definition);
    life.pass(seconds);
    life.claimDue();
    assertThat(life.job().state()).isEqualTo(JobState.COMPLETED);
  }

  static Stream<Arguments> onesAndMembers() {
    return Stream.of(Kind.LISTED, Kind.AT_ONCE, Kind.ONCE_AT_ITS_START)
        .flatMap(kind -> Arrays.stream(Member.values()).map(member -> Arguments.of(kind, member)));
  }

  /** Its run is still under way, as one that is tried again. */
  @ParameterizedTest
  @MethodSource("onesAndMembers")
  void whatWasToRunOnceAndDidStaysCompleted(Kind kind, Member member) {
    // Given
    JobLife life = new JobLife();
    complete(life, kind.job(), 70);
    int runs = life.runs().size();

    // When
    Changed changed = life.put(member.change.apply(kind.job()));
    life.pass(100);
    life.claimDue();

    // Then
    assertThat(changed).isInstanceOf(Changed.Updated.class);
    assertThat(life.job().state()).isEqualTo(JobState.COMPLETED);
    assertThat(life.dueAt()).isEmpty();
    assertThat(life.runs()).hasSize(runs);
  }

  @Test
  void neitherAnEndNorTheLackOfOneRunsAgainWhatWasToRunOnce() {
    // Given
    JobLife life = new JobLife();
    complete(life, aJob().once(at(5)), 5);

    for (DefinitionBuilder edited :
        List.of(
            aJob().once(at(5)).endingAt(FAR),
            aJob().once(at(5)),
            aJob().once(at(5)).endingAt(at(8)),
            aJob().once(at(5)).startingAt(at(3)))) {
      // When
      Changed changed = life.put(edited);
      life.pass(1);
      life.claimDue();

      // Then
      assertThat(changed).isInstanceOf(Changed.Updated.class);
      assertThat(life.job().state()).isEqualTo(JobState.COMPLETED);
    }
    assertThat(life.runs()).hasSize(1);
  }

  @Test
  void whatRanAtItsStartDoesNotRunAgainWithoutOne() {
    // Given
    JobLife life = new JobLife();
    complete(life, aJob().once().startingAt(at(20)), 20);

    // When
    Changed changed = life.put(aJob().once());

    // Then
    assertThat(changed).isEqualTo(new Changed.NeverFires());
    assertThat(life.job().state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void anotherListRunsWhatIsToComeOfIt() {
    // Given
    JobLife life = new JobLife();
    complete(life, aJob().once(at(5)), 5);

    // When
    life.put(aJob().once(at(5), at(50)));

    // Then
    assertThat(life.toCome(5)).containsExactly(at(50));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"STEADY", "CRON_EVERY", "EVERY_THIRD_DAY", "FORTNIGHTLY", "EVERY_SECOND_MONTH"})
  void aLaterEndOpensACompletedJobAgainInItsOldPhase(Kind kind) {
    // Given
    JobLife endless = new JobLife();
    endless.put(kind.job());
    JobLife life = new JobLife();
    life.put(kind.job());
    Instant end = life.toCome(2).get(1);
    life.put(kind.job().endingAt(end));
    life.clock.jumpTo(end.plusSeconds(3));
    life.claimDue();
    JobState before = life.job().state();

    // When
    life.put(kind.job());

    // Then
    assertThat(before).isEqualTo(JobState.COMPLETED);
    assertThat(life.toCome(5)).isEqualTo(endless.toCome(7).subList(2, 7));
  }

  @Test
  void moreRunsOpenACompletedJobAgainInItsOldPhase() {
    // Given
    JobLife life = new JobLife();
    complete(life, aJob().every("PT10S").atMost(1), 10);
    life.pass(17);

    // When
    life.put(aJob().every("PT10S").atMost(2));

    // Then
    assertThat(life.toCome(2)).containsExactly(at(30), at(40));
  }

  @Test
  void whatPassedWhileAJobWasCompletedIsNotMadeGood() {
    // Given
    JobLife life = new JobLife();
    complete(life, aJob().once(at(5), at(20), at(60)).endingAt(at(10)), 5);
    life.pass(30);

    // When
    life.put(aJob().once(at(5), at(20), at(60)));

    // Then
    assertThat(life.toCome(5)).containsExactly(at(60));
  }

  /** What was drawn beyond the old end is not known any more. */
  @Test
  void aDrawnDistanceIsDrawnAnewForALaterEndAndForNothingElse() {
    for (int seed = 0; seed < 50; seed++) {
      // Given
      JobLife life = new JobLife(seed);
      DefinitionBuilder drawn = Kind.DRAWN.job().jitteredBy("PT0S").endingAt(at(20));
      life.put(drawn);
      while (life.job().state() == JobState.ACTIVE) {
        life.clock.jumpTo(life.job().nextRunAt().orElseThrow());
        life.claimDue();
      }
      Instant last = life.job().lastOccurrence().orElseThrow();

      // When
      life.put(drawn.named("new"));
      JobState renamed = life.job().state();
      life.put(drawn.endingAt(FAR));

      // Then
      assertThat(renamed).isEqualTo(JobState.COMPLETED);
      assertThat(life.job().nextRunAt().orElseThrow())
          .isBetween(last.plusSeconds(5), last.plusSeconds(20));
    }
  }

  // The window

  @Test
  void anEndThatLeavesNothingIsRefusedOfAnActiveJob() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().every("PT10S"));
    life.pass(7);

    // When
    Changed changed = life.put(aJob().every("PT10S").endingAt(at(10)));

    // Then
    assertThat(changed).isEqualTo(new Changed.NeverFires());
    assertThat(life.toCome(1)).containsExactly(at(10));
  }

  @Test
  void theStartOfAListLetsInWhatItHadKeptOut() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().once(at(10), at(30)).startingAt(at(20)));
    life.pass(5);

    // When
    life.put(aJob().once(at(10), at(30)));

    // Then
    assertThat(life.toCome(5)).containsExactly(at(10), at(30));
  }

  @Test
  void anotherStartIsAnotherPhase() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().every("PT10S"));
    life.pass(7);

    // When
    life.put(aJob().every("PT10S").startingAt(at(3)));

    // Then
    assertThat(life.toCome(2)).containsExactly(at(13), at(23));
  }

  @Test
  void aScheduleThatIsChangedAndChangedBackIsAnchoredAnew() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().every("PT10S"));
    life.pass(3);

    // When
    life.put(aJob().every("PT20S"));
    life.pass(4);
    life.put(aJob().every("PT10S"));

    // Then
    assertThat(life.toCome(2)).containsExactly(at(17), at(27));
  }

  @Test
  void theTimezoneIsPartOfTheSchedule() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().on(new DailySchedule(1, NOON, BERLIN, DstPolicy.DEFAULT)));

    // When
    life.put(
        aJob()
            .on(
                new DailySchedule(
                    1, NOON, ZoneNames.find("UTC").orElseThrow(), DstPolicy.DEFAULT)));

    // Then
    assertThat(life.toCome(1)).containsExactly(Instant.parse("2026-12-01T12:00:00Z"));
  }

  // The delay of an occurrence

  @Test
  void aDelayIsDrawnOnceAndCutToAShorterJitter() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().every("PT1H").jitteredBy("PT30M"));
    Instant next = life.job().nextRunAt().orElseThrow();
    Instant due = life.dueAt().orElseThrow();

    // When
    life.put(aJob().every("PT1H").jitteredBy("PT40M"));
    Optional<Instant> dueWithMore = life.dueAt();
    life.put(aJob().every("PT1H").jitteredBy("PT1S"));
    Optional<Instant> dueWithLess = life.dueAt();
    life.put(aJob().every("PT1H"));

    // Then
    assertThat(due).isAfter(next.plusSeconds(1));
    assertThat(dueWithMore).contains(due);
    assertThat(dueWithLess).contains(next.plusSeconds(1));
    assertThat(life.dueAt()).contains(next);
    assertThat(life.job().nextRunAt()).contains(next);
  }

  /** Due in the past, it might have been missed. */
  @Test
  void aDelayThatIsUnderWayIsNotCutToBeforeNow() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().every("PT1H").jitteredBy("PT30M").whenMissed(OnMisfire.SKIP));
    Instant due = life.dueAt().orElseThrow();
    life.clock.jumpTo(due.minusSeconds(1));

    // When
    life.put(aJob().every("PT1H").whenMissed(OnMisfire.SKIP));

    // Then
    assertThat(life.dueAt()).contains(due.minusSeconds(1));
  }

  @Test
  void aJobThatIsExhaustedWhilePausedStaysPausedUntilItIsResumed() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().every("PT10S"));
    life.pass(10);
    life.claimDue();
    life.pause();

    // When
    life.put(aJob().every("PT10S").atMost(1));
    JobState changed = life.job().state();
    life.resume();

    // Then
    assertThat(changed).isEqualTo(JobState.PAUSED);
    assertThat(life.job().state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void theCreationIsNoOccurrenceOfAJobThatIsToRunOnItOnlyLater() {
    // Given
    JobLife life = new JobLife();
    life.put(aJob().every("PT10S"));
    life.pass(1);

    // When
    life.put(aJob().every("PT10S").runningOnCreate());

    // Then
    assertThat(life.toCome(1)).containsExactly(START.plusSeconds(10));
  }
}
