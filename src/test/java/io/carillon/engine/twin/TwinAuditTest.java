package io.carillon.engine.twin;

import io.carillon.engine.AuditContract;

class TwinAuditTest extends AuditContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }

  @Override
  protected Damage damage() {
    return ledger.damage();
  }
}
