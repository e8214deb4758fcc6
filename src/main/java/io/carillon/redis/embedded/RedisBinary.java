package io.carillon.redis.embedded;

import java.nio.file.Path;

/** A redis-server that has shown that it runs here. */
record RedisBinary(Path path, RedisVersion version) {}
