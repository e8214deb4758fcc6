package io.carillon.api;

import java.util.regex.Pattern;

/** Which tags a job may have. */
public final class Tags {
  public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._:/-]{0,62}";

  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  private Tags() {}

  public static boolean isWellFormed(String text) {
    return SHAPE.matcher(text).matches();
  }
}
