package io.carillon.schedule;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** The seconds, minutes and hours of a cron expression in English. */
final class ClockWords {

  /** So many times of the day are listed one by one. */
  private static final int MOST_LISTED = 6;

  private final long seconds;
  private final long minutes;
  private final long hours;

  private ClockWords(long seconds, long minutes, long hours) {
    this.seconds = seconds;
    this.minutes = minutes;
    this.hours = hours;
  }

  /** {@code at 09:00 and 17:00}, or a phrase that does not begin with {@code at}. */
  static String describe(CronField second, CronField minute, CronField hour) {
    return new ClockWords(second.bits(), minute.bits(), hour.bits()).describe();
  }

  private String describe() {
    ClockFields times = new ClockFields(hours, minutes, seconds);
    if (times.size() <= MOST_LISTED) {
      return "at " + Words.times(listed(times));
    }
    int hourly = Bits.step(hours, 24);
    if (minutes == 1 && seconds == 1 && isDistance(hourly, 24)) {
      return every(hourly, "hour");
    }
    boolean everyMinute = minutes == Bits.below(60);
    boolean secondsStep = isDistance(Bits.step(seconds, 60), 60);
    String phrase = everyMinute && secondsStep ? "" : minutePhrase();
    if (seconds != 1) {
      phrase = secondPhrase() + (phrase.isEmpty() ? "" : " of " + phrase);
    }
    return phrase + hourPhrase();
  }

  private static List<LocalTime> listed(Times times) {
    List<LocalTime> listed = new ArrayList<>();
    for (int time = times.first(); time != Times.NONE; time = times.atOrAfter(time + 1)) {
      listed.add(LocalTime.ofSecondOfDay(time));
      if (time == times.last()) {
        break;
      }
    }
    return listed;
  }

  private String secondPhrase() {
    int step = Bits.step(seconds, 60);
    return isDistance(step, 60) ? every(step, "second") : numbered("second", seconds);
  }

  private String minutePhrase() {
    int step = Bits.step(minutes, 60);
    return isDistance(step, 60) ? every(step, "minute") : numbered("minute", minutes);
  }

  private String hourPhrase() {
    boolean minuteNumbered = !isDistance(Bits.step(minutes, 60), 60);
    int step = Bits.step(hours, 24);
    if (isDistance(step, 24)) {
      boolean said = step == 1 && !minuteNumbered;
      return said ? "" : " of " + every(step, "hour");
    }
    int first = Bits.next(hours, 0);
    int last = Bits.previous(hours, 23);
    if (hours == Bits.range(first, last)) {
      return " from %02d:00 to %02d:59".formatted(first, last);
    }
    return " of " + numbered("hour", hours);
  }

  /** Whether it is a distance between numbers of a dial, not once round. */
  private static boolean isDistance(int step, int dial) {
    return step > 0 && step < dial;
  }

  private static String every(int step, String unit) {
    return step == 1 ? "every " + unit : "every " + step + " " + unit + "s";
  }

  private static String numbered(String unit, long numbers) {
    NumberWords words = new NumberWords(Bits.stream(numbers), Integer::toString);
    String phrase = Words.and(words.phrases(unit));
    if (words.step().isPresent()) {
      return phrase;
    }
    return unit + (words.size() == 1 ? " " : "s ") + phrase;
  }
}
