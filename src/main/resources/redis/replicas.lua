-- Lists the replicas that are alive.
--
-- KEYS     REPLICAS
-- ARGV     silence  ms of silence after which a replica is dead
-- RETURNS  of each its id, version and start
return redis.call('ZRANGEBYSCORE', REPLICAS, '(' .. digits(now() - silence), '+inf')
