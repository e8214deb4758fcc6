package io.carillon.api.json;

import io.carillon.api.json.Violation.Grade;
import java.util.List;
import java.util.stream.Collectors;

/** A JSON document that is not what was asked for, with everything that is wrong with it. */
public final class InvalidDocument extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  public InvalidDocument(List<Violation> violations) {
    super(
        violations.stream()
            .map(violation -> violation.pointer() + ": " + violation.detail())
            .collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  public InvalidDocument(Violation violation) {
    this(List.of(violation));
  }

  /** All of them, at least one. */
  public List<Violation> violations() {
    return violations;
  }

  /** The graver of what is wrong. */
  public Grade grade() {
    return violations.stream().anyMatch(violation -> violation.grade() == Grade.FORM)
        ? Grade.FORM
        : Grade.VALUE;
  }
}
