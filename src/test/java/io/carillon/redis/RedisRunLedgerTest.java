package io.carillon.redis;

import io.carillon.engine.RunLedgerContract;
import io.carillon.engine.twin.Ports;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRunLedgerTest extends RunLedgerContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }
}
