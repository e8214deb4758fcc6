package io.carillon.engine.twin;

import io.carillon.engine.JobListContract;

class TwinJobListTest extends JobListContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
