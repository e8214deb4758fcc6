package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.problem.ErrorDocument;
import io.carillon.api.problem.Problems;
import io.carillon.engine.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
          "If-None-Match", "Here only If-None-Match: * without If-Match has a meaning.");
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

  private static RuntimeException malformed(String name, String detail) {
    return Problems.invalidParameters(
        List.of(ErrorDocument.ofParameter(name, Codes.MALFORMED, detail)));
  }
}
