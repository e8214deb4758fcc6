package io.carillon.engine.twin;

import io.carillon.engine.EventLogContract;

class TwinEventLogTest extends EventLogContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
