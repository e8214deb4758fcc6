package io.carillon.engine.twin;

import io.carillon.engine.RunLimitContract;

class TwinRunLimitTest extends RunLimitContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
