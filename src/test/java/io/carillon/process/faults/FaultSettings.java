package io.carillon.process.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the suite is asked for, by system properties.
 *
 * @param times {@code carillon.faults}: how often each fault strikes; once unless given
 * @param slack {@code carillon.faults.slack}: by how much times may exceed what is promised. Where
 *     it is not given: 3, since a machine that builds has other work, and 1, the promise itself,
 *     where {@code carillon.faults} is given
 * @param of {@code carillon.faults.of}: a regular expression that is found in the name of each
 *     fault that strikes, such as {@code kill -9 of the leader}
 */
record FaultSettings(int times, double slack, Pattern of) {

  private static final String BUSY = "3";
  private static final String PROMISED = "1";

  static FaultSettings ofSystemProperties() {
    Optional<String> times = Optional.ofNullable(System.getProperty("carillon.faults"));
    return new FaultSettings(
        times.map(Integer::parseInt).orElse(1),
        Double.parseDouble(
            System.getProperty("carillon.faults.slack", times.isPresent() ? PROMISED : BUSY)),
        Pattern.compile(System.getProperty("carillon.faults.of", ""), Pattern.CASE_INSENSITIVE));
  }

  /** What is promised, and the slack. */
  Duration allowed(Duration promised) {
    return Duration.ofMillis(Math.round(promised.toMillis() * slack));
  }

  boolean asksFor(Fault fault) {
    return of.matcher(fault.toString()).find();
  }
}
