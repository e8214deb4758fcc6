-- Says that a replica is alive.
-- ARGV    the replica: id, version and start
redis.call('ZADD', REPLICAS, digits(now()), ARGV[1])
