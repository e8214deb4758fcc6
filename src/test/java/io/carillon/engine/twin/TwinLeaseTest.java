package io.carillon.engine.twin;

import io.carillon.engine.LeaseContract;

class TwinLeaseTest extends LeaseContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
