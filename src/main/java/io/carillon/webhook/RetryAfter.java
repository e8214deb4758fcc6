package io.carillon.webhook;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The {@code Retry-After} field (RFC 9110, 10.2.3): whole seconds, or a date. Answers what is asked
 * for, at most 24 hours; a date gone by is zero. What cannot be read is nothing: a receiver's
 * mistake is not ours to report, and the run's own back-off applies.
 */
final class RetryAfter {

  static final Duration MOST = Duration.ofHours(24);

  private RetryAfter() {}

  static Optional<Duration> read(String field, InstantSource clock) {
    String value = field.strip();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return Character.isDigit(value.charAt(0)) ? seconds(value) : date(value, clock);
  }

  private static Optional<Duration> seconds(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    // Nine digits are some thirty years: whatever is longer cannot be read as a number, nor need
    // it.
    return Optional.of(
        digits.length() > 9 ? MOST : within(Duration.ofSeconds(Long.parseLong(digits))));
  }

  private static Optional<Duration> date(String text, InstantSource clock) {
    return HttpDate.read(text, clock.instant())
        .map(until -> within(Duration.between(clock.instant(), until)));
  }

  private static Duration within(Duration wish) {
    if (wish.isNegative()) {
      return Duration.ZERO;
    }
    return wish.compareTo(MOST) > 0 ? MOST : wish;
  }
}
