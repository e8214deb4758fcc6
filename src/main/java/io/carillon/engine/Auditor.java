package io.carillon.engine;

import io.carillon.engine.Audit.Violation;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks through the whole ledger, a little at a time, for what must not be. It repairs nothing: a
 * violation is a fault of ours, to be counted, told of and understood. Only the leader's looks, so
 * that one violation is not counted by every replica; each round counts it anew.
 */
public final class Auditor implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Auditor.class.getName());

  /** So few that the ledger is never busy with it for long. */
  private static final int MOST_A_LOOK = 100;

  private static final int MOST_LINES_A_LOOK = 10;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(5);

  private final RunLedger ledger;
  private final Election election;
  private final Meters meters;
  private Optional<String> position = Optional.empty();
  private final Loop loop = new Loop("auditor", this::look);

  public Auditor(RunLedger ledger, Election election, Meters meters) {
    this.ledger = ledger;
    this.election = election;
    this.meters = meters;
  }

  public void start() {
    loop.start();
  }

  Duration look() {
    if (election.leadership().isEmpty()) {
      position = Optional.empty();
      return BETWEEN_ROUNDS;
    }
    Audit audit = ledger.audit(position, MOST_A_LOOK);
    position = audit.next();
    if (!audit.violations().isEmpty()) {
      meters.violationsFound(audit.violations().size());
      warn(audit.violations());
    }
    return position.isPresent() ? BETWEEN_LOOKS : BETWEEN_ROUNDS;
  }

  private static void warn(List<Violation> violations) {
    violations.stream()
        .limit(MOST_LINES_A_LOOK)
        .forEach(
            found ->
                LOG.log(
                    Level.WARNING,
                    "invariant violated subject={0} rule={1}",
                    found.subject(),
                    found.rule()));
    if (violations.size() > MOST_LINES_A_LOOK) {
      LOG.log(
          Level.WARNING,
          "more invariants violated count={0}",
          violations.size() - MOST_LINES_A_LOOK);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
