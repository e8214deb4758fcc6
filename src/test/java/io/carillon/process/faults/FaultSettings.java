package io.carillon.process.faults;

import io.carillon.process.Slack;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the suite is asked for, by system properties.
 *
 * @param times {@code carillon.faults}: how often each fault strikes; once unless given
 * @param slack how strictly times are judged, which a mere build does not
 * @param of {@code carillon.faults.of}: a regular expression that is found in the name of each
 *     fault that strikes, such as {@code kill -9 of the leader}
 */
record FaultSettings(int times, Slack slack, Pattern of) {

  static FaultSettings ofSystemProperties() {
    Optional<String> times = Optional.ofNullable(System.getProperty("carillon.faults"));
    return new FaultSettings(
        times.map(Integer::parseInt).orElse(1),
        Slack.ofSystemProperties(),
        Pattern.compile(System.getProperty("carillon.faults.of", ""), Pattern.CASE_INSENSITIVE));
  }

  boolean asksFor(Fault fault) {
    return of.matcher(fault.toString()).find();
  }
}
