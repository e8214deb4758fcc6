package io.carillon.engine.twin;

import io.carillon.engine.IdempotencyKeysContract;

class TwinIdempotencyKeysTest extends IdempotencyKeysContract {

  private final InMemoryLedger ledger = new InMemoryLedger(new SettableClock());

  @Override
  protected Ports ports() {
    return ledger;
  }
}
