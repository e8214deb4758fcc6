package io.carillon.redis;

import io.carillon.engine.EventLogContract;
import io.carillon.engine.twin.Ports;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisEventLogTest extends EventLogContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }
}
