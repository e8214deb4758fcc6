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

  private static final Pattern PART =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?)(w|d|h|ms|m|s)");

  private static final Map<String, BigDecimal> MILLIS =
      Map.of(
          "w", BigDecimal.valueOf(604_800_000),
          "d", BigDecimal.valueOf(86_400_000),
          "h", BigDecimal.valueOf(3_600_000),
          "m", BigDecimal.valueOf(60_000),
          "s", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.ONE);

  private static final BigDecimal LONGEST = BigDecimal.valueOf(Durations.LONGEST.toMillis());

  private GoDuration() {}

  /** The duration, if it is one, positive, of whole milliseconds and at most 9999 years. */
  static Optional<Duration> parse(String text) {
    return hasDays(text) ? Optional.empty() : read(text);
  }

  /** What was meant, if the text would be a duration in a language that has days and weeks. */
  static Optional<String> meant(String text) {
    return hasDays(text) ? read(text).map(GoDuration::write) : Optional.empty();
  }

  private static boolean hasDays(String text) {
    return text.indexOf('d') >= 0 || text.indexOf('w') >= 0;
  }

  private static Optional<Duration> read(String text) {
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

  /** {@code 36h30m}. */
  private static String write(Duration duration) {
    return part(duration.toHours(), "h")
        + part(duration.toMinutesPart(), "m")
        + part(duration.toSecondsPart(), "s")
        + part(duration.toMillisPart(), "ms");
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }
}
