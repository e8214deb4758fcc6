package io.carillon.engine.twin;

import io.carillon.engine.HistoryAgeContract;

class TwinHistoryAgeTest extends HistoryAgeContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock(), 50, AGE);

  @Override
  protected Ports ports() {
    return ledger;
  }
}
