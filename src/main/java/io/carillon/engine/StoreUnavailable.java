package io.carillon.engine;

/**
 * The store did not answer in time, or not at all. What was asked of it may or may not have been done.
 */
public class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
