-- Says that a replica is alive.
--
-- KEYS     REPLICAS
-- ARGV     member  the replica: id, version and start
-- RETURNS  nothing
include 'drains'

redis.call('ZADD', REPLICAS, digits(now()), member)
