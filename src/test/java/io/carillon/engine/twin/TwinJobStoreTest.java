package io.carillon.engine.twin;

import io.carillon.engine.JobStoreContract;

class TwinJobStoreTest extends JobStoreContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
