package io.carillon.redis;

import io.carillon.engine.IdempotencyKeysContract;
import io.carillon.engine.twin.Ports;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisIdempotencyKeysTest extends IdempotencyKeysContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }
}
