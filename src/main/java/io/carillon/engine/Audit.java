package io.carillon.engine;

import java.util.List;
import java.util.Optional;

/**
 * What a look at a part of the ledger found.
 *
 * @param next where the next look goes on; empty when all has been looked at
 */
public record Audit(List<Violation> violations, Optional<String> next) {

  public Audit {
    violations = List.copyOf(violations);
  }

  /**
   * Something that must not be, whatever happened.
   *
   * @param subject the id of a run or a job, or {@code scheduler}
   * @param rule the rule that it breaks: {@code missing:}, {@code stray:} or {@code unknown:} and
   *     an index; {@code state}, {@code place}, {@code over-limit} or {@code stuck}
   */
  public record Violation(String subject, String rule) {}
}
