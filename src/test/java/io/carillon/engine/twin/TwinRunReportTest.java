package io.carillon.engine.twin;

import io.carillon.engine.RunReportContract;

class TwinRunReportTest extends RunReportContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
