package io.carillon.api.json;

/** A document with rules of its own, beyond those that its members are annotated with. */
public interface SelfChecking {

  /**
   * Adds to {@code found} which rules are broken. Members may be null here, also because they could
   * not be read; those are reported already.
   */
  void check(Pointer at, Violations found);
}
