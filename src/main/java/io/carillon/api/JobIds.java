package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Quoted;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import java.util.Set;
import java.util.regex.Pattern;

/** Which ids a job may have. */
public final class JobIds {

  /** 1 to 63 lower-case letters, digits and hyphens, no hyphen first or last. */
  public static final String PATTERN = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  /** Words that have a meaning of their own where an id could stand in a path. */
  private static final Set<String> RESERVED = Set.of("batch", "export", "pause", "resume");

  private JobIds() {}

  public static boolean isWellFormed(String text) {
    return SHAPE.matcher(text).matches();
  }

  public static boolean isReserved(String id) {
    return RESERVED.contains(id);
  }

  /** Adds to {@code found} what is wrong with an id in a document. */
  public static void check(String id, Pointer at, Violations found) {
    if (!isWellFormed(id)) {
      found.addIfNew(
          Violation.ofValue(
              at,
              Codes.MALFORMED,
              Quoted.of(id)
                  + " is not a job id: 1 to 63 lower-case letters, digits and inner hyphens"));
    } else if (isReserved(id)) {
      found.addIfNew(
          Violation.ofValue(
              at, Codes.RESERVED, Quoted.of(id) + " is reserved and cannot be an id"));
    }
  }
}
