package io.carillon.api.job;

import io.carillon.api.json.Binder;
import io.carillon.api.json.Codes;
import io.carillon.api.json.Json;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Reads what callers want of a pause; nothing at all is enough. */
@Singleton
public class Pauses {

  private final Binder binder;
  private final InstantSource clock;

  Pauses(Binder binder, InstantSource clock) {
    this.binder = binder;
    this.clock = clock;
  }

  /** A pause that ends in the future, if ever. */
  PauseDocument read(Json body) {
    if (body == null || body == Json.Nothing.REMOVED) {
      return PauseDocument.EMPTY;
    }
    Violations found = new Violations();
    PauseDocument document = binder.bind(body, PauseDocument.class, Pointer.ROOT, found);
    if (document.until() != null && !document.until().isAfter(clock.instant())) {
      found.add(
          Violation.ofValue(
              Pointer.ROOT.member("until"), Codes.IN_THE_PAST, "must lie in the future"));
    }
    found.throwIfAny();
    return document;
  }
}
