package io.carillon.redis;

import io.carillon.engine.RunLimitContract;
import io.carillon.engine.twin.Ports;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRunLimitTest extends RunLimitContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }
}
