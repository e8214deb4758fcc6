package io.carillon.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private static final RetryPolicy STEADY =
      new RetryPolicy(5, Duration.ofSeconds(5), 3.0, Duration.ofHours(1), 0);

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({"1, PT5S", "2, PT15S", "3, PT45S", "4, PT2M15S", "7, PT1H", "1000, PT1H"})
  void delaysGrowUpToTheLongest(int attempt, Duration delay) {
    assertThat(STEADY.delayAfter(attempt, random)).isEqualTo(delay);
  }

  @ParameterizedTest
  @CsvSource({
    "    ,     , PT5S, PT1H",
    "PT2H,     , PT2H, PT2H",
    "PT1S,     , PT1S, PT1H",
    "    , PT1S, PT1S, PT1S",
    "    , PT2H, PT5S, PT2H",
    "PT2S, PT3S, PT2S, PT3S"
  })
  void aDelayThatNobodyGaveNeverContradictsTheOneThatWas(
      Duration initial, Duration most, Duration first, Duration longest) {
    // When
    RetryPolicy policy = given(initial, most);

    // Then
    assertThat(policy.initialDelay()).isEqualTo(first);
    assertThat(policy.maxDelay()).isEqualTo(longest);
  }

  @ParameterizedTest
  @CsvSource({
    "    ,     , PT5S, PT1H,     ,     ",
    "    ,     , PT9S, PT1H, PT9S,     ",
    "    ,     , PT9S, PT2H, PT9S, PT2H",
    "PT2H,     , PT2H, PT2H, PT2H,     ",
    "    , PT1S, PT1S, PT1S,     , PT1S",
    "PT5S, PT1H, PT5S, PT1H, PT5S, PT1H",
    "PT5S, PT1H,     ,     ,     ,     "
  })
  void whatComesBackAsItFollowedIsLeftToFollow(
      Duration formerInitial,
      Duration formerMost,
      Duration initial,
      Duration most,
      Duration keptInitial,
      Duration keptMost) {
    assertThat(given(initial, most).inPlaceOf(given(formerInitial, formerMost)))
        .isEqualTo(given(keptInitial, keptMost));
  }

  private static RetryPolicy given(Duration initial, Duration most) {
    return new RetryPolicy(5, Optional.ofNullable(initial), 3.0, Optional.ofNullable(most), 0.2);
  }

  @Test
  void jitterLengthensAndShortensByItsShare() {
    // Given
    RetryPolicy policy = new RetryPolicy(5, Duration.ofSeconds(10), 1.0, Duration.ofHours(1), 0.2);

    // When
    long[] delays =
        IntStream.range(0, 10_000)
            .mapToLong(i -> policy.delayAfter(1, random).toMillis())
            .sorted()
            .toArray();

    // Then
    assertThat(delays[0]).isBetween(8_000L, 8_020L);
    assertThat(delays[delays.length - 1]).isBetween(11_980L, 12_000L);
    assertThat(delays[delays.length / 2]).isBetween(9_900L, 10_100L);
  }

  @ParameterizedTest
  @CsvSource({"1, 8000, 11000", "2, 8800, 11000", "50, 8800, 11000"})
  void jitterLengthensNoDelayBeyondTheLongestAndStillSpreadsThem(
      int attempt, long least, long most) {
    // Given
    RetryPolicy policy =
        new RetryPolicy(99, Duration.ofSeconds(10), 2.0, Duration.ofSeconds(11), 0.2);

    // When
    long[] delays =
        IntStream.range(0, 10_000)
            .mapToLong(i -> policy.delayAfter(attempt, random).toMillis())
            .sorted()
            .toArray();

    // Then
    assertThat(delays[0]).isBetween(least, least + 20);
    assertThat(delays[delays.length - 1]).isBetween(most - 20, most);
    assertThat(delays[delays.length / 2])
        .isBetween((least + most) / 2 - 100, (least + most) / 2 + 100);
  }

  @Test
  void noDelayIsNegative() {
    // Given
    RetryPolicy policy = new RetryPolicy(5, Duration.ofSeconds(10), 1.0, Duration.ofHours(1), 1.0);

    // Then
    assertThat(IntStream.range(0, 10_000).mapToObj(i -> policy.delayAfter(1, random)))
        .noneMatch(Duration::isNegative);
  }

  @Test
  void noDelayAtFirstIsNoneEver() {
    // Given
    RetryPolicy policy = new RetryPolicy(5, Duration.ZERO, 1e300, Duration.ofHours(1), 0.2);

    // Then
    assertThat(policy.delayAfter(1_000, random)).isZero();
  }

  @Test
  void asManyAttemptsAreAllowedAsItSays() {
    assertThat(STEADY.allowsAfter(4)).isTrue();
    assertThat(STEADY.allowsAfter(5)).isFalse();
    assertThat(new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0).allowsAfter(1)).isFalse();
  }
}
