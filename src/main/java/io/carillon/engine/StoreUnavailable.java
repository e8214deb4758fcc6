package io.carillon.engine;

/**
 * The store did not answer in time, not at all, or not as it should. What was asked of it may or
 * may not have been done.
 */
public class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean refused;

  private StoreUnavailable(String message, Throwable cause, boolean refused) {
    super(message, cause);
    this.refused = refused;
  }

  /** No answer, or none that says anything about the question. */
  public static StoreUnavailable silent(String message, Throwable cause) {
    return new StoreUnavailable(message, cause, false);
  }

  /** The store is there, but cannot do this; asked again it would say the same. */
  public static StoreUnavailable refused(String message, Throwable cause) {
    return new StoreUnavailable(message, cause, true);
  }

  /** Whether this is a store that did not answer: it would keep others waiting too. */
  public static boolean isSilence(RuntimeException failure) {
    return failure instanceof StoreUnavailable unavailable && !unavailable.refused;
  }

  /** Whether the question itself is at fault. */
  public boolean refused() {
    return refused;
  }
}
