-- Asks which replicas have lately been alive.
-- ARGV    ms of silence after which a replica is dead
-- Returns of each its id, version and start
return redis.call('ZRANGEBYSCORE', REPLICAS, '(' .. digits(now() - ARGV[1]), '+inf')
