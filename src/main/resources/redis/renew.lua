-- Prolongs a lease, also one that lapsed while nobody else was elected.
--
-- KEYS     LEASE EPOCH SCHEDULER
-- ARGV     replica  the holder
--          epoch    its fencing number
--          since    when it was elected, ms
--          ttl      ms
--          client   Redis client id of this connection
-- RETURNS  1, or 0 when somebody else has been elected since
include 'drains'

if redis.call('GET', EPOCH) ~= epoch then return 0 end
redis.call('SET', LEASE, table.concat({ replica, epoch, since, client }, ' '), 'PX', ttl)
redis.call('HSET', SCHEDULER, 'renewedAt', digits(now()))
return 1
