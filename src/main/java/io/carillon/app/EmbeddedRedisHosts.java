package io.carillon.app;

import io.carillon.redis.embedded.EmbeddedRedis;
import io.carillon.redis.embedded.EmbeddedRedisException;
import io.carillon.redis.embedded.EmbeddedRedisSettings;
import io.quarkus.redis.client.RedisHostsProvider;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The address of Redis when none was set: that of one of our own, started by being asked for. It
 * outlives everything in this process and ends with it, in whatever way that ends.
 */
@ApplicationScoped
@Identifier("embedded")
public class EmbeddedRedisHosts implements RedisHostsProvider {

  private static final Logger LOG = Logger.getLogger(EmbeddedRedisHosts.class);

  private final CarillonConfig config;
  private EmbeddedRedis redis;

  EmbeddedRedisHosts(CarillonConfig config) {
    this.config = config;
  }

  @Override
  public synchronized Set<URI> getHosts() {
    if (redis == null) {
      try {
        redis = EmbeddedRedis.start(EmbeddedRedisSettings.in(config.dataDir()));
      } catch (EmbeddedRedisException failure) {
        // Said here too, in one line: Quarkus buries it under the trace of its own start.
        LOG.error(failure.getMessage());
        throw new ConfigurationException(failure.getMessage(), failure);
      }
      LOG.info(redis.description());
    }
    return Set.of(redis.uri());
  }
}
