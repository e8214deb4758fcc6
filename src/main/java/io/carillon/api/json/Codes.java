package io.carillon.api.json;

/** The words that tell programs what is wrong with a member. */
public final class Codes {
  public static final String UNKNOWN_MEMBER = "unknown-member";
  public static final String REPEATED_MEMBER = "repeated-member";
  public static final String READ_ONLY = "read-only";
  public static final String WRONG_TYPE = "wrong-type";

  public static final String REQUIRED = "required";
  public static final String EMPTY = "empty";
  public static final String MALFORMED = "malformed";
  public static final String UNKNOWN = "unknown";
  public static final String OUT_OF_RANGE = "out-of-range";
  public static final String TOO_FINE = "too-fine";
  public static final String TOO_LONG = "too-long";
  public static final String TOO_DEEP = "too-deep";
  public static final String TOO_MANY = "too-many";
  public static final String RESERVED = "reserved";
  public static final String CONFLICTING = "conflicting";
  public static final String NEVER_FIRES = "never-fires";
  public static final String IN_THE_PAST = "in-the-past";

  private Codes() {}
}
