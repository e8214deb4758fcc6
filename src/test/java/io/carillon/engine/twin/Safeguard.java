package io.carillon.engine.twin;

/** What a test may take away from the ledger, to see that it is missed. */
public enum Safeguard {
  /** Claims count only in the present epoch. */
  FENCE,
  /** A claim counts only while the job is due as the claimant thought, and not claimed before. */
  COMPARE_AND_SET,
  /** An outcome counts only from whoever has the run. */
  OWNER,
  /** Runs whose replica died or fell silent are offered again. */
  REAPER,
  /** An idempotency key is not free again where nobody knows whether something was made. */
  IDEMPOTENCY_KEY
}
