package io.carillon.engine.twin;

import io.carillon.engine.SchedulerStoreContract;

class TwinSchedulerStoreTest extends SchedulerStoreContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
