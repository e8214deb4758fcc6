package io.carillon.engine;

/**
 * The store did not answer in time, not at all, or not as it should. What was asked of it may or
 * may not have been done, unless it is {@linkplain #full() full}.
 */
public class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  private enum Reason {
    SILENT,
    REFUSED,
    FULL
  }

  private StoreUnavailable(String message, Throwable cause, Reason reason) {
    super(message, cause);
    this.reason = reason;
  }

  /** No answer, or none that says anything about the question. */
  public static StoreUnavailable silent(String message, Throwable cause) {
    return new StoreUnavailable(message, cause, Reason.SILENT);
  }

  /** The store is there, but cannot do this; asked again it would say the same. */
  public static StoreUnavailable refused(String message, Throwable cause) {
    return new StoreUnavailable(message, cause, Reason.REFUSED);
  }

  /** The store has no memory left for anything new; nothing was done. */
  public static StoreUnavailable full(String message, Throwable cause) {
    return new StoreUnavailable(message, cause, Reason.FULL);
  }

  /** Whether this is a store that did not answer: it would keep others waiting too. */
  public static boolean isSilence(RuntimeException failure) {
    return failure instanceof StoreUnavailable unavailable && !unavailable.refused();
  }

  /** Whether the question itself is at fault. */
  public boolean refused() {
    return reason == Reason.REFUSED;
  }

  /** Whether nothing was done because the store has no memory left for anything new. */
  public boolean full() {
    return reason == Reason.FULL;
  }
}
