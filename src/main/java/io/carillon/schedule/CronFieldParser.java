package io.carillon.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one field of a cron expression, reporting each of its items that makes no sense. */
final class CronFieldParser {

  /** {@code L}, {@code L-3}, {@code LW}, {@code L-3W}. */
  private static final Pattern BEFORE_LAST = Pattern.compile("L(?:-([^W]*))?(W)?");

  /** {@code 15W}. */
  private static final Pattern NEAREST = Pattern.compile("([^L-]*)W");

  /** {@code 5#3}, {@code 5#L}. */
  private static final Pattern NTH = Pattern.compile("([^#]*)#(.*)");

  /** {@code 5L}. */
  private static final Pattern LAST = Pattern.compile("(.*)L");

  private static final int UNREADABLE = -1;

  private final CronUnit unit;
  private final CronToken written;
  private final Faults faults;
  private final BitSet values = new BitSet();
  private final List<DayRule> rules = new ArrayList<>();
  private boolean open;

  CronFieldParser(CronUnit unit, CronToken token, Faults faults) {
    this.unit = unit;
    this.written = token;
    this.faults = faults;
  }

  CronField parse() {
    CronToken token = written.upperCase();
    boolean any = token.text().equals("*") || token.text().equals("?") && isDay();
    if (any) {
      values.set(unit.least(), unit.last() + 1);
      open = true;
    } else {
      items(token.items());
    }
    return new CronField(values, List.copyOf(rules), any, open);
  }

  private boolean isDay() {
    return unit == CronUnit.DAY_OF_MONTH || unit == CronUnit.DAY_OF_WEEK;
  }

  private void items(List<CronToken> items) {
    for (int i = 0; i < items.size(); i++) {
      CronToken item = items.get(i);
      if (!item.isEmpty()) {
        item(item);
      } else if (items.size() == 1) {
        fault("malformed", "the " + unit.label() + " field is empty", item);
      } else if (i == 0) {
        emptyItem("begins with a comma", item.column());
      } else if (i == items.size() - 1) {
        emptyItem("ends with a comma", item.column() - 1);
      } else {
        emptyItem("has two commas in a row", item.column());
      }
    }
  }

  private void emptyItem(String which, int comma) {
    fault("malformed", "the list of the %s field %s".formatted(unit.label(), which), comma);
  }

  private void item(CronToken item) {
    boolean rule =
        unit == CronUnit.DAY_OF_MONTH && dayOfMonthRule(item)
            || unit == CronUnit.DAY_OF_WEEK && dayOfWeekRule(item);
    if (!rule) {
      range(item);
    }
  }

  /** Whether the item is written with {@code L} or {@code W}, be it right or wrong. */
  private boolean dayOfMonthRule(CronToken item) {
    Matcher last = BEFORE_LAST.matcher(item.text());
    if (last.matches()) {
      if ("".equals(last.group(1))) {
        lacks("L-", "days", "L-3", item);
        return true;
      }
      int before = last.group(1) == null ? 0 : number(item.group(last, 1), "days before L", 0, 30);
      DayRule rule = new DayRule.BeforeLast(before);
      rules.add(last.group(2) == null ? rule : new DayRule.NearestWeekday(rule));
      return true;
    }
    Matcher nearest = NEAREST.matcher(item.text());
    if (nearest.matches()) {
      if (nearest.group(1).isEmpty()) {
        lacks("W", "day of month", "15W", item);
        return true;
      }
      int day = value(item.group(nearest, 1));
      rules.add(new DayRule.NearestWeekday(new DayRule.Numbered(day)));
      return true;
    }
    return false;
  }

  /** Whether the item is written with {@code #} or {@code L}, be it right or wrong. */
  private boolean dayOfWeekRule(CronToken item) {
    Matcher nth = NTH.matcher(item.text());
    if (nth.matches()) {
      if (nth.group(1).isEmpty() || nth.group(2).isEmpty()) {
        lacks("#", nth.group(1).isEmpty() ? "day of week" : "week of the month", "5#3", item);
        return true;
      }
      int weekday = value(item.group(nth, 1)) % 7;
      if (nth.group(2).equals("L")) {
        rules.add(new DayRule.LastWeekday(weekday));
        return true;
      }
      int which = number(item.group(nth, 2), "week of the month", 1, 5);
      rules.add(new DayRule.NthWeekday(which, weekday));
      return true;
    }
    Matcher last = LAST.matcher(item.text());
    if (!last.matches()) {
      return false;
    }
    if (last.group(1).isEmpty()) {
      lacks("L", "day of week", "5L", item);
    } else {
      rules.add(new DayRule.LastWeekday(value(item.group(last, 1)) % 7));
    }
    return true;
  }

  private void lacks(String sign, String what, String example, CronToken item) {
    fault("malformed", "%s lacks its %s, as in %s,".formatted(sign, what, example), item);
  }

  private void range(CronToken item) {
    int slash = item.text().indexOf('/');
    CronToken span = slash < 0 ? item : item.part(0, slash);
    int step = 1;
    if (slash >= 0) {
      step = number(item.part(slash + 1, item.text().length()), "step", 1, unit.most());
      open = true;
    }
    int dash = span.text().indexOf('-');
    int first;
    int last;
    if (span.text().equals("*")) {
      open = true;
      first = slash < 0 ? unit.least() : unit.origin();
      last = unit.last();
    } else if (dash < 0) {
      first = value(span);
      last = slash < 0 ? first : unit.last();
    } else {
      first = end(span.part(0, dash), "beginning");
      last = end(span.part(dash + 1, span.text().length()), "end");
    }
    if (first == UNREADABLE || last == UNREADABLE || step == UNREADABLE) {
      return;
    }
    if (first > last && dash >= 0 && !unit.wraps()) {
      fault("out-of-range", "%s %d is after %d".formatted(unit.label(), first, last), span);
      return;
    }
    add(first, last, step);
  }

  /** Adds each step from the first to the last number, over the end of the unit if need be. */
  private void add(int first, int last, int step) {
    int count = unit.last() - unit.least() + 1;
    int end = first > last ? last + count : last;
    for (int i = first; i <= end; i += step) {
      values.set(unit.least() + (i - unit.least()) % count);
    }
  }

  private int end(CronToken given, String which) {
    if (given.isEmpty()) {
      fault("malformed", "the range has no " + which, given);
      return UNREADABLE;
    }
    return value(given);
  }

  private int value(CronToken given) {
    int named = unit.named(given.text());
    return named >= 0 ? named : number(given, unit.label(), unit.least(), unit.most());
  }

  private int number(CronToken given, String what, int least, int most) {
    if (given.isEmpty()) {
      fault("malformed", "the %s is empty".formatted(what), given);
      return UNREADABLE;
    }
    int number = given.number();
    if (number == CronToken.NO_NUMBER) {
      fault("malformed", "%s \"%s\" is no number".formatted(what, asWritten(given)), given);
      return UNREADABLE;
    }
    if (number < least || number > most) {
      fault(
          "out-of-range",
          "%s %s is out of %d–%d".formatted(what, given.text(), least, most),
          given);
      return UNREADABLE;
    }
    return number;
  }

  private String asWritten(CronToken part) {
    int begin = part.column() - written.column();
    return written.part(begin, begin + part.text().length()).text();
  }

  private void fault(String code, String detail, CronToken at) {
    fault(code, detail, at.column());
  }

  private void fault(String code, String detail, int column) {
    faults.add("/expression", code, detail + " at column " + column);
  }
}
