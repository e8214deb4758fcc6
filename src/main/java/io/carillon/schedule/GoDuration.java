package io.carillon.schedule;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them and {@code @every} takes them: {@code 90s}, {@code 1h30m}, {@code
 * 1.5h}, in h, m, s and ms (<a
 * href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>).
 */
final class GoDuration {

  private static final Pattern PART = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?)(h|ms|m|s)");

  private static final Map<String, BigDecimal> MILLIS =
      Map.of(
          "h", BigDecimal.valueOf(3_600_000),
          "m", BigDecimal.valueOf(60_000),
          "s", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.ONE);

  private static final BigDecimal LONGEST = BigDecimal.valueOf(Durations.LONGEST.toMillis());

  private GoDuration() {}

  /** The duration, if it is one, positive, of whole milliseconds and at most 9999 years. */
  static Optional<Duration> parse(String text) {
    BigDecimal millis = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    int end = 0;
    while (part.find() && part.start() == end) {
      millis = millis.add(new BigDecimal(part.group(1)).multiply(MILLIS.get(part.group(2))));
      end = part.end();
    }
    boolean whole = end == text.length() && millis.stripTrailingZeros().scale() <= 0;
    if (!whole || millis.signum() == 0 || millis.compareTo(LONGEST) > 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(millis.longValueExact()));
  }
}
