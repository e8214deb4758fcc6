package io.carillon.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a cron expression: prefix, macro, number of fields. The fields read themselves. */
final class CronParser {

  private static final int LONGEST = 1_024;

  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private final CronToken written;
  private final Faults faults;

  CronParser(String expression, Faults faults) {
    this.written = CronToken.around(expression);
    this.faults = faults;
  }

  /** The expression understood; where it is empty, faults were added. */
  Optional<CronExpression> parse() {
    int length = written.text().codePointCount(0, written.text().length());
    if (length > LONGEST) {
      faults.add(
          "/expression",
          "too-long",
          "the expression has %d characters, more than %d".formatted(length, LONGEST));
      return Optional.empty();
    }
    if (written.isEmpty()) {
      fault("malformed", "the expression is empty", 1);
      return Optional.empty();
    }
    List<CronToken> tokens = written.words();
    Optional<NamedZone> zone = Optional.empty();
    boolean zoned = isZone(tokens.get(0));
    if (zoned) {
      zone = zone(tokens.get(0));
      tokens = tokens.subList(1, tokens.size());
    }
    Optional<CronRule> rule = rule(tokens);
    if (zoned && zone.isEmpty()) {
      return Optional.empty();
    }
    Optional<NamedZone> named = zone;
    return rule.map(understood -> new CronExpression(named, understood));
  }

  private static boolean isZone(CronToken token) {
    return token.text().startsWith("CRON_TZ=") || token.text().startsWith("TZ=");
  }

  private Optional<NamedZone> zone(CronToken token) {
    int begin = token.text().indexOf('=') + 1;
    String name = token.text().substring(begin);
    Optional<NamedZone> zone = ZoneNames.find(name);
    if (name.isEmpty()) {
      fault("malformed", "the time zone is empty", token.end());
    } else if (zone.isEmpty()) {
      fault("unknown", "\"" + name + "\" " + ZoneNames.refusal(name), token.column() + begin);
    }
    return zone;
  }

  private Optional<CronRule> rule(List<CronToken> tokens) {
    if (!tokens.isEmpty() && tokens.get(0).text().startsWith("@")) {
      return macro(tokens);
    }
    int count = tokens.size();
    if (count < 5 || count > 7) {
      fault(
          "malformed",
          "%d field%s instead of 5, 6 or 7".formatted(count, count == 1 ? "" : "s"),
          count > 7 ? tokens.get(7).column() : written.end());
      return Optional.empty();
    }
    return fields(tokens);
  }

  private Optional<CronRule> macro(List<CronToken> tokens) {
    CronToken macro = tokens.get(0);
    String name = macro.text().toLowerCase(Locale.ROOT);
    boolean every = name.equals("@every");
    int words = every ? 2 : 1;
    if (!every && !MACROS.containsKey(name)) {
      fault("unknown", "\"" + macro.text() + "\" is no macro", macro.column());
      return Optional.empty();
    }
    if (tokens.size() < words) {
      fault("malformed", "@every lacks its duration", macro.end());
      return Optional.empty();
    }
    if (tokens.size() > words) {
      CronToken surplus = tokens.get(words);
      fault("malformed", "\"" + surplus.text() + "\" is too much", surplus.column());
      return Optional.empty();
    }
    return every ? every(tokens.get(1)) : fields(CronToken.around(MACROS.get(name)).words());
  }

  private Optional<CronRule> every(CronToken token) {
    Optional<Duration> every = GoDuration.parse(token.text());
    if (every.isEmpty()) {
      String hint =
          GoDuration.meant(token.text())
              .map("; h is the longest unit, so write "::concat)
              .orElse("");
      fault(
          "malformed",
          "\"%s\" is no positive duration of whole milliseconds such as 90s or 1h30m%s"
              .formatted(token.text(), hint),
          token.column());
    }
    return every.map(CronEvery::new);
  }

  private Optional<CronRule> fields(List<CronToken> tokens) {
    int before = faults.size();
    List<CronField> fields = new ArrayList<>();
    int shift = tokens.size() == 5 ? 1 : 0;
    boolean bothDays = false;
    for (int i = 0; i < tokens.size(); i++) {
      CronUnit unit = CronUnit.values()[i + shift];
      CronToken token = tokens.get(i);
      if (unit == CronUnit.DAY_OF_WEEK && token.text().startsWith("+")) {
        bothDays = true;
        token = token.part(1, token.text().length());
      }
      fields.add(new CronFieldParser(unit, token, faults).parse());
    }
    if (faults.size() > before) {
      return Optional.empty();
    }
    if (shift == 1) {
      fields.add(0, CronField.only(0));
    }
    return Optional.of(
        new CronFields(
            fields.get(0),
            fields.get(1),
            fields.get(2),
            fields.get(3),
            fields.get(4),
            fields.get(5),
            bothDays,
            fields.size() == 7 ? Optional.of(fields.get(6)) : Optional.empty()));
  }

  private void fault(String code, String detail, int column) {
    faults.add("/expression", code, detail + " at column " + column);
  }
}
