package io.carillon.redis;

import io.carillon.engine.LeaseContract;
import io.carillon.engine.twin.Ports;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLeaseTest extends LeaseContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }
}
