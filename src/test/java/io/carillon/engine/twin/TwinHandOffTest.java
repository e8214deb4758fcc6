package io.carillon.engine.twin;

import io.carillon.engine.HandOffContract;

class TwinHandOffTest extends HandOffContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
