package io.carillon.engine;

import static io.carillon.engine.JobBuilder.jobNamed;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Horizon.Entry;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.Claim.Kind;
import io.carillon.engine.RunLedger.Missed;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.MisfirePolicy.OnMisfire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {

  /** The anchor of all jobs here; those that run every ten seconds run at its full tens. */
  private static final Instant ANCHOR = SettableClock.START;

  private static final Settings RUNNING =
      new Settings(false, Optional.empty(), Optional.empty(), Optional.empty());

  @Test
  void whatIsOnTimeFiresAndTheNextOccurrenceFollows() {
    // Given
    Job job = job(aJob().every("PT10S"), at(10));

    // When
    Claim claim = decide(job, at(10));

    // Then
    assertThat(claim.jobId()).isEqualTo("bells");
    assertThat(claim.revision()).isEqualTo(job.revision());
    assertThat(claim.due()).isEqualTo(at(10));
    assertThat(claim.occurrence()).isEqualTo(at(10));
    assertThat(claim.kind()).isEqualTo(Kind.FIRE);
    assertThat(claim.upcoming().nextRunAt()).contains(at(20));
    assertThat(claim.upcoming().dueAt()).contains(at(20));
  }

  @ParameterizedTest
  @EnumSource(OnMisfire.class)
  void whatIsNoLaterThanTheThresholdFiresWhateverThePolicy(OnMisfire policy) {
    // Given
    Job job = job(aJob().every("PT10S").whenMissed(policy), at(10));

    // When
    Claim claim = decide(job, at(70));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.FIRE);
    assertThat(claim.occurrence()).isEqualTo(at(10));
    assertThat(claim.upcoming().nextRunAt()).contains(at(20));
  }

  /** No claim is made in the very millisecond; as soon as it can be made, nothing is missed. */
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.001S", "PT1S"})
  void whatIsClaimedAsSoonAsItCanBeFiresHoweverShortTheThreshold(String threshold) {
    // Given
    MisfirePolicy strict = new MisfirePolicy(OnMisfire.SKIP, Duration.parse(threshold), 1);
    Job job = job(aJob().every("PT10S").whenMissed(strict), at(10));

    // When
    Claim claim = decide(job, at(10).plusMillis(900));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.FIRE);
    assertThat(claim.occurrence()).isEqualTo(at(10));
  }

  @Test
  void ofManyMissedTheLatestFires() {
    // Given
    Job job = job(aJob().every("PT10S").whenMissed(OnMisfire.FIRE_ONCE), at(10));

    // When
    Claim claim = decide(job, at(1_005));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.CATCH_UP);
    assertThat(claim.occurrence()).as("60 s before is late, not missed").isEqualTo(at(940));
    assertThat(claim.upcoming().nextRunAt()).contains(at(950));
  }

  @Test
  void oneMissedIsTheLatestMissed() {
    // Given
    Job job = job(aJob().every("PT10S").whenMissed(OnMisfire.FIRE_ONCE), at(10));

    // When
    Claim claim = decide(job, at(70).plusMillis(1));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.CATCH_UP);
    assertThat(claim.occurrence()).isEqualTo(at(10));
    assertThat(claim.upcoming().nextRunAt()).contains(at(20));
  }

  @Test
  void missedOccurrencesAreSkippedUpToTheThreshold() {
    // Given
    Job job = job(aJob().every("PT10S").whenMissed(OnMisfire.SKIP), at(10));

    // When
    Claim claim = decide(job, at(1_000));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.SKIP);
    assertThat(claim.missed()).contains(new Missed(at(930), 93));
    assertThat(claim.upcoming().nextRunAt()).contains(at(940));
  }

  @Test
  void allMissedFireOldestFirst() {
    // Given
    Job job = job(aJob().every("PT10S").whenMissed(OnMisfire.FIRE_ALL), at(10));

    // When
    Claim claim = decide(job, at(1_000));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.CATCH_UP);
    assertThat(claim.occurrence()).isEqualTo(at(10));
    assertThat(claim.upcoming().nextRunAt()).contains(at(20));
  }

  @Test
  void eachMissedInstantOfAListFiresLate() {
    // Given
    Job job = job(aJob().once(at(10), at(20), at(5_000)), at(10));

    // When
    Claim claim = decide(job, at(1_000));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.CATCH_UP);
    assertThat(claim.occurrence()).isEqualTo(at(10));
    assertThat(claim.upcoming().nextRunAt()).contains(at(20));
  }

  @Test
  void missedInstantsOfAListAreSkippedWhereThePolicySaysSo() {
    // Given
    Job job = job(aJob().once(at(10), at(20), at(5_000)).whenMissed(OnMisfire.SKIP), at(10));

    // When
    Claim claim = decide(job, at(1_000));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.SKIP);
    assertThat(claim.missed()).contains(new Missed(at(20), 2));
    assertThat(claim.upcoming().nextRunAt()).contains(at(5_000));
  }

  @Test
  void theLastOccurrenceLeavesNothing() {
    // Given
    Job job = job(aJob().once(at(10)), at(10));

    // When
    Claim claim = decide(job, at(10));

    // Then
    assertThat(claim.upcoming()).isEqualTo(Upcoming.NOTHING);
    assertThat(claim.upcoming().state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void theEndOfAJobLeavesNothing() {
    // Given
    Job job = job(aJob().every("PT10S").endingAt(at(20)), at(10));

    // When
    Claim claim = decide(job, at(10));

    // Then
    assertThat(claim.upcoming()).isEqualTo(Upcoming.NOTHING);
  }

  @Test
  void whetherItWasMissedGoesByWhenItWasDue() {
    // Given
    Job job = job(aJob().every("PT100S").jitteredBy("PT50S"), at(100));
    Entry delayed = new Entry(job, at(150));

    // When
    Claim claim = Decision.of(delayed, at(200), RUNNING, new Random(1));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.FIRE);
    assertThat(claim.due()).isEqualTo(at(150));
    assertThat(claim.occurrence()).isEqualTo(at(100));
  }

  @Test
  void anOccurrenceWithinAPauseOfTheSchedulerIsNone() {
    // Given
    Job job = job(aJob().every("PT10S").whenMissed(OnMisfire.FIRE_ALL), at(110));

    // When
    Claim claim = decide(job, at(200), paused(at(100), at(200)));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.PASS);
    assertThat(claim.upcoming().nextRunAt()).contains(at(200));
  }

  @Test
  void anOccurrenceBeforeThePauseIsStillMissed() {
    // Given
    Job job = job(aJob().every("PT10S").whenMissed(OnMisfire.FIRE_ALL), at(90));

    // When
    Claim claim = decide(job, at(200), paused(at(100), at(200)));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.CATCH_UP);
    assertThat(claim.occurrence()).isEqualTo(at(90));
  }

  /** The leader died before the pause began; the latest missed lies within it, but is none. */
  @Test
  void whatIsCaughtUpDoesNotLieWithinAPauseOfTheScheduler() {
    // Given
    Job job = job(aJob().every("PT10S").whenMissed(OnMisfire.FIRE_ONCE), at(50));

    // When
    Claim claim = decide(job, at(1_000), paused(at(100), at(1_000)));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.CATCH_UP);
    assertThat(claim.occurrence()).isEqualTo(at(90));
    assertThat(claim.upcoming().nextRunAt()).contains(at(100));
  }

  @Test
  void aJobThatRestsBetweenItsRunsWaitsForTheEndOfThisOne() {
    // Given
    Job job = job(aJob().restingBetweenRuns("PT30S"), at(10));

    // When
    Claim claim = decide(job, at(10));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.FIRE);
    assertThat(claim.upcoming()).isEqualTo(Upcoming.WAITING);
  }

  /** There is no run whose end it could wait for. */
  @Test
  void aJobThatRestsBetweenItsRunsGoesOnAfterWhatIsPassedOver() {
    // Given
    Job job = job(aJob().restingBetweenRuns("PT30S"), at(110));

    // When
    Claim claim = decide(job, at(200), paused(at(100), at(200)));

    // Then
    assertThat(claim.kind()).isEqualTo(Kind.PASS);
    assertThat(claim.upcoming().nextRunAt())
        .hasValueSatisfying(next -> assertThat(next).isBetween(at(200), at(230)));
  }

  @ParameterizedTest
  @EnumSource(
      value = OnMisfire.class,
      names = {"FIRE_ONCE", "SKIP"})
  void aYearAsleepCostsNoMoreThanAFewMinutes(OnMisfire policy) {
    // When
    int afterMinutes = claimsUntilPresent(Duration.ofMinutes(5), policy);
    int afterAYear = claimsUntilPresent(Duration.ofDays(365), policy);

    // Then
    assertThat(afterAYear).isEqualTo(afterMinutes).isLessThan(70);
  }

  private static int claimsUntilPresent(Duration asleep, OnMisfire policy) {
    Job job = job(aJob().every("PT1S").whenMissed(policy), at(1));
    Instant now = ANCHOR.plus(asleep);
    int claims = 0;
    while (!job.nextRunAt().orElseThrow().isAfter(now)) {
      Claim claim = decide(job, now);
      int caughtUp = claim.kind() == Claim.Kind.CATCH_UP ? job.caughtUp() + 1 : 0;
      job = job.advanced(claim.occurrence(), claim.upcoming().nextRunAt().orElseThrow(), caughtUp);
      claims++;
    }
    return claims;
  }

  private static Claim decide(Job job, Instant now) {
    return decide(job, now, RUNNING);
  }

  private static Claim decide(Job job, Instant now, Settings settings) {
    Entry entry = new Entry(job, job.nextRunAt().orElseThrow());
    return Decision.of(entry, now, settings, new Random(1));
  }

  private static Settings paused(Instant from, Instant to) {
    return new Settings(false, Optional.of(from), Optional.of(to), Optional.empty());
  }

  private static Job job(DefinitionBuilder definition, Instant next) {
    return jobNamed("bells").as(definition).anchoredAt(ANCHOR).next(next).job();
  }

  private static Instant at(long seconds) {
    return ANCHOR.plusSeconds(seconds);
  }
}
