package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.problem.ErrorDocument;
import io.carillon.api.problem.ProblemKind;
import io.carillon.api.problem.Problems;
import io.carillon.engine.Precondition;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Revisions as entity tags, and the preconditions made of them (RFC 9110, section 13). */
public final class EntityTags {

  private static final Pattern TAG = Pattern.compile("\\G\\s*(W/)?\"([^\"]*)\"\\s*(,|$)");
  private static final Pattern REVISION = Pattern.compile("[1-9]\\d{0,17}");

  /** What no job ever has. */
  private static final long NO_REVISION = -1;

  private EntityTags() {}

  /** What a change that replaces takes for granted. */
  public static Precondition ifMatch(String header) {
    if (header == null) {
      return Precondition.NONE;
    }
    return new Precondition.MustBe(
        header.strip().equals("*") ? List.of() : revisions("If-Match", header, false));
  }

  /** What a change that may create takes for granted. */
  public static Precondition ifMatchOrNoneMatch(String match, String noneMatch) {
    if (noneMatch == null) {
      return ifMatch(match);
    }
    if (match != null || !noneMatch.strip().equals("*")) {
      throw malformed(
          "If-None-Match", "If-None-Match must be * here, and must not stand beside If-Match.");
    }
    return Precondition.ABSENT;
  }

  /** Whether what the reader has got already is what there is. */
  public static boolean isKnown(long revision, String ifNoneMatch) {
    return ifNoneMatch != null
        && (ifNoneMatch.strip().equals("*")
            || revisions("If-None-Match", ifNoneMatch, true).contains(revision));
  }

  private static List<Long> revisions(String name, String header, boolean weakly) {
    List<Long> revisions = new ArrayList<>();
    Matcher tag = TAG.matcher(header);
    int end = 0;
    while (end < header.length() && tag.find()) {
      boolean comparable = weakly || tag.group(1) == null;
      boolean revision = REVISION.matcher(tag.group(2)).matches();
      revisions.add(comparable && revision ? Long.parseLong(tag.group(2)) : NO_REVISION);
      end = tag.end();
    }
    if (end < header.length() || revisions.isEmpty()) {
      throw malformed(name, name + " must be * or entity tags such as \"3\", in double quotes.");
    }
    return revisions;
  }

  /**
   * A precondition does not hold.
   *
   * @param revision of the job, if it exists
   */
  public static HttpProblem mismatch(String id, Precondition required, Optional<Long> revision) {
    String job =
        "job " + id + revision.map(number -> " is at revision " + number).orElse(" does not exist");
    String detail =
        required instanceof Precondition.MustBe named
            ? "The ETag does not match: %s, the request names %s.".formatted(job, named(named))
            : "The job must not exist: %s.".formatted(job);
    return ProblemKind.PRECONDITION_FAILED.problem(detail);
  }

  private static String named(Precondition.MustBe required) {
    String revisions =
        required.revisions().stream()
            .filter(revision -> revision != NO_REVISION)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    if (!revisions.isEmpty()) {
      return revisions;
    }
    return required.revisions().isEmpty() ? "any" : "no revision";
  }

  private static RuntimeException malformed(String name, String detail) {
    return Problems.invalidParameters(
        List.of(ErrorDocument.ofParameter(name, Codes.MALFORMED, detail)));
  }
}
