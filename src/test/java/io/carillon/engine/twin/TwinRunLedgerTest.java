package io.carillon.engine.twin;

import io.carillon.engine.RunLedgerContract;

class TwinRunLedgerTest extends RunLedgerContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
