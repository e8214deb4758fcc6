package io.carillon.job;

/** Says why no webhook can be sent to a URL. */
public final class InvalidUrl extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String code;

  InvalidUrl(String code, String detail) {
    super(detail);
    this.code = code;
  }

  /** Machine-readable kind: {@code malformed} or {@code out-of-range}. */
  public String code() {
    return code;
  }
}
