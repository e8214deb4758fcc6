package io.carillon.redis;

import io.carillon.job.EventType;
import io.carillon.job.JobState;
import io.carillon.job.Reason;
import io.carillon.job.RunState;
import io.carillon.job.Worded;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ledger's words that the loader of scripts knows: fields of records, states, types of events,
 * reasons. A word that is in none of their catalogues fails when the script is loaded.
 *
 * <ul>
 *   <li>In a script, {@code job}, {@code run} and whatever else has the name of a record of the
 *       {@link Schema} is one, an array, since Lua fills and reads arrays faster than tables with
 *       names. Its author writes {@code job.next}, Redis gets {@code job[7]}.
 *   <li>Its author writes {@code reason 'overlap'}, Redis gets {@code 'overlap'}.
 *   <li>States that are compared with or set, as in {@code run.state == 'ready'}, and texts such as
 *       {@code 'run.started'} stay as they are.
 * </ul>
 */
final class LedgerWords {

  private static final Map<String, PackedRecord<?>> RECORDS =
      Schema.RECORDS.stream().collect(Collectors.toMap(PackedRecord::name, Function.identity()));

  private static final Map<String, Set<String>> STATES =
      Map.of("job", words(JobState.values()), "run", words(RunState.values()));

  private static final Set<String> EVENTS =
      Arrays.stream(EventType.values()).map(EventType::word).collect(Collectors.toSet());

  private static final Set<String> REASONS = words(Reason.values());

  private static final Pattern STATE =
      Pattern.compile("\\b(job|run)\\.state (?:==|~=|=) '([a-z-]+)'");

  private static final Pattern EVENT =
      Pattern.compile("'((?:job|run|scheduler|leader)\\.[a-z-]+)'");

  private static final Pattern REASON = Pattern.compile("\\breason ('([^']*)')");

  /** A record by its name, or what {@code <record>_of(...)} answers, and one of its fields. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?<![\\w.'])((%1$s)(?:_of\\(\\w+\\))?)\\.(\\w+)"
              .formatted(String.join("|", RECORDS.keySet())));

  private final String place;

  private LedgerWords(int line) {
    this.place = "user_script:" + line + ": ";
  }

  /**
   * The text of a script as Redis gets it.
   *
   * @throws IllegalArgumentException when a word is in no catalogue, told as Redis tells errors
   */
  static String replacedIn(String text) {
    String[] lines = text.split("\n");
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].startsWith("--")) {
        lines[i] = new LedgerWords(i + 1).replacedInLine(lines[i]);
      }
    }
    return String.join("\n", lines) + '\n';
  }

  private String replacedInLine(String line) {
    check(line, STATE, state -> STATES.get(state.group(1)), 2);
    check(line, EVENT, event -> EVENTS, 1);
    check(line, REASON, reason -> REASONS, 2);
    String spelt = REASON.matcher(line).replaceAll("$1");
    return FIELD.matcher(spelt).replaceAll(this::position);
  }

  private void check(
      String line, Pattern pattern, Function<MatchResult, Set<String>> catalogue, int word) {
    pattern
        .matcher(line)
        .results()
        .filter(found -> !catalogue.apply(found).contains(found.group(word)))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw unknown("no catalogue has the word of " + unknown.group());
            });
  }

  private String position(MatchResult field) {
    int position =
        RECORDS
            .get(field.group(2))
            .positionInLua(field.group(3))
            .orElseThrow(() -> unknown("a record has no field " + field.group()));
    return field.group(1) + '[' + position + ']';
  }

  private IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(place + what);
  }

  private static Set<String> words(Worded[] catalogue) {
    return Stream.of(catalogue).map(Worded::word).collect(Collectors.toSet());
  }
}
