package io.carillon.redis;

import io.carillon.engine.JobListsUnderChangesContract;
import io.carillon.engine.twin.Ports;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisJobListsUnderChangesTest extends JobListsUnderChangesContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }

  @Override
  protected void empty() {
    REDIS.empty();
  }
}
