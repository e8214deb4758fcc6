package io.carillon.engine.twin;

import io.carillon.engine.JobListsUnderChangesContract;

class TwinJobListsUnderChangesTest extends JobListsUnderChangesContract {

  private InMemoryLedger ledger;

  @Override
  protected Ports ports() {
    return ledger;
  }

  @Override
  protected void empty() {
    ledger = new InMemoryLedger(new SettableClock());
  }
}
