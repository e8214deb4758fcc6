package io.carillon.redis;

import io.carillon.engine.SchedulerStoreContract;
import io.carillon.engine.twin.Ports;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSchedulerStoreTest extends SchedulerStoreContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }
}
