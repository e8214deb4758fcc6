package io.carillon.redis.embedded;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of redis-server, such as {@code 6.2.11}; versions are ordered by their parts. */
record RedisVersion(int major, int minor, int patch) implements Comparable<RedisVersion> {

  /** The oldest whose commands the scripts can rely on. */
  static final RedisVersion OLDEST_USABLE = new RedisVersion(6, 2, 0);

  /** The first that keeps its append-only file in parts, which older ones cannot read. */
  static final RedisVersion FIRST_WITH_PARTS = new RedisVersion(7, 0, 0);

  private static final Pattern PATTERN = Pattern.compile("\\bv=(\\d+)\\.(\\d+)\\.(\\d+)");

  private static final Comparator<RedisVersion> BY_PARTS =
      Comparator.comparingInt(RedisVersion::major)
          .thenComparingInt(RedisVersion::minor)
          .thenComparingInt(RedisVersion::patch);

  /** Reads what {@code redis-server --version} prints. */
  static Optional<RedisVersion> printedIn(String output) {
    Matcher matcher = PATTERN.matcher(output);
    return matcher.find()
        ? Optional.of(
            new RedisVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  boolean isBefore(RedisVersion other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(RedisVersion other) {
    return BY_PARTS.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
