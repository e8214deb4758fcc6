package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Quoted;
import io.carillon.api.json.Scalars;
import io.carillon.api.problem.ErrorDocument;
import io.carillon.api.problem.ProblemKind;
import io.carillon.api.problem.Problems;
import io.carillon.job.RunId;
import io.carillon.job.Worded;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what stands in the path and the query of one request, and gathers what is wrong with it.
 * What is wrong reads as absent; {@link #check} has the last word.
 */
public final class Parameters {

  public static final int DEFAULT_PAGE_SIZE = 50;
  public static final int MOST_PAGE_SIZE = 500;

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d+");
  private static final Pattern BLANKS = Pattern.compile("\\p{IsWhite_Space}+");

  /** In code points. */
  private static final Pattern WORD_LENGTH = Pattern.compile(".{2,64}", Pattern.DOTALL);

  private final List<ErrorDocument> errors = new ArrayList<>();

  /** The id of a job in the path, which alone is wrong if it is. */
  public static String jobId(String text) {
    if (JobIds.isReserved(text)) {
      throw ProblemKind.INVALID_DOCUMENT.problem(
          Quoted.of(text) + " is reserved and cannot be the id of a job.");
    }
    Parameters path = new Parameters();
    path.jobId("id", text);
    path.check();
    return text;
  }

  /** The id of a job's run in the path. */
  public static RunId runId(String jobId, String text) {
    Optional<RunId> id = RunId.parse(text);
    if (id.isEmpty()) {
      throw Problems.invalidParameters(
          List.of(
              ErrorDocument.ofParameter(
                  "runId", Codes.MALFORMED, Quoted.of(text) + " is not a run id.")));
    }
    return id.filter(run -> run.jobId().equals(jobId))
        .orElseThrow(() -> Problems.absentRun(jobId, text));
  }

  /** A number of things: at least 1, cut to the most that there can be. */
  public int count(String name, String text, int usual, int most) {
    if (text == null) {
      return usual;
    }
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      add(name, Codes.MALFORMED, Quoted.of(text) + " is not a whole number.");
      return usual;
    }
    BigInteger number = new BigInteger(text);
    if (number.signum() <= 0) {
      add(name, Codes.OUT_OF_RANGE, name + " must be at least 1.");
      return usual;
    }
    return number.min(BigInteger.valueOf(most)).intValue();
  }

  public int pageSize(String text) {
    return count("pageSize", text, DEFAULT_PAGE_SIZE, MOST_PAGE_SIZE);
  }

  /** A choice that is not made where nothing is said. */
  public boolean flag(String name, String text) {
    if (text != null && !text.equals("true") && !text.equals("false")) {
      add(name, Codes.MALFORMED, Quoted.of(text) + " is neither true nor false.");
    }
    return "true".equals(text);
  }

  public Optional<Instant> instant(String name, String text) {
    try {
      return Optional.ofNullable(text).map(Scalars::instant);
    } catch (IllegalArgumentException e) {
      // A plus that nobody encoded has become a blank.
      add(name, Codes.MALFORMED, e.getMessage() + "; in a query a plus sign is written %2B.");
      return Optional.empty();
    }
  }

  public <E extends Enum<E> & Worded> Optional<E> word(String name, String text, Class<E> type) {
    Optional<E> constant = Optional.ofNullable(text).flatMap(word -> Worded.of(type, word));
    if (text != null && constant.isEmpty()) {
      String known =
          Arrays.stream(type.getEnumConstants())
              .map(Worded::word)
              .collect(Collectors.joining(", "));
      add(name, Codes.UNKNOWN, Quoted.of(text) + " is not one of " + known + ".");
    }
    return constant;
  }

  public Optional<String> jobId(String name, String text) {
    return matching(name, text, JobIds::isWellFormed, "job id");
  }

  public List<String> tags(String name, List<String> texts) {
    return texts.stream().flatMap(text -> tag(name, text).stream()).distinct().toList();
  }

  public Optional<String> tag(String name, String text) {
    return matching(name, text, Tags::isWellFormed, "tag");
  }

  /** Words of a search, separated by white space; none where there is no text. */
  public List<String> words(String name, String text) {
    if (text == null) {
      return List.of();
    }
    List<String> words = BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      add(name, Codes.EMPTY, name + " must not be empty.");
    }
    words.stream()
        .filter(word -> !WORD_LENGTH.matcher(word).matches())
        .forEach(
            word ->
                add(
                    name,
                    Codes.OUT_OF_RANGE,
                    Quoted.of(word) + " is not a word of 2 to 64 characters."));
    return words.stream().distinct().toList();
  }

  /**
   * Where the page before ended, from its token.
   *
   * @param read reads a position of this list; empty when it is something else
   */
  public <P> Optional<P> pageToken(String text, Function<String, Optional<P>> read) {
    Optional<P> position = Optional.ofNullable(text).flatMap(PageToken::read).flatMap(read);
    if (text != null && position.isEmpty()) {
      add("pageToken", Codes.MALFORMED, "The token does not belong to this list.");
    }
    return position;
  }

  private Optional<String> matching(
      String name, String text, Predicate<String> isWellFormed, String what) {
    if (text == null || isWellFormed.test(text)) {
      return Optional.ofNullable(text);
    }
    add(name, Codes.MALFORMED, Quoted.of(text) + " is not a " + what + ".");
    return Optional.empty();
  }

  public void add(String name, String code, String detail) {
    errors.add(ErrorDocument.ofParameter(name, code, detail));
  }

  /** Refuses the request if anything is wrong with it. */
  public void check() {
    if (!errors.isEmpty()) {
      throw Problems.invalidParameters(errors);
    }
  }
}
