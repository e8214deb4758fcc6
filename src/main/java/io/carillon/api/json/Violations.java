package io.carillon.api.json;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with one document, so that all of it is reported at once. */
public final class Violations {

  /** Whoever made more mistakes than this is served by a shorter answer. */
  private static final int MOST = 1_000;

  private final List<Violation> found = new ArrayList<>();

  public void add(Violation violation) {
    if (found.size() < MOST) {
      found.add(violation);
    }
  }

  /**
   * Adds it, unless something is known to be wrong there already, of which it may be a mere echo.
   */
  public void addIfNew(Violation violation) {
    if (!isKnown(violation.pointer())) {
      add(violation);
    }
  }

  /** Whether something is known to be wrong at a place or below it. */
  public boolean isKnown(Pointer pointer) {
    return !found.isEmpty()
        && found.stream().anyMatch(violation -> violation.pointer().isAtOrBelow(pointer));
  }

  public List<Violation> list() {
    return List.copyOf(found);
  }

  /**
   * @throws InvalidDocument when anything was added
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidDocument(found);
    }
  }
}
