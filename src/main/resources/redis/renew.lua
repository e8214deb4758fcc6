-- Prolongs a lease, also one that lapsed while nobody else was elected.
-- ARGV    replica, epoch, since, ttl in ms, Redis client id of this connection
-- Returns 1, or 0 when somebody else has been elected since
if redis.call('GET', EPOCH) ~= ARGV[2] then return 0 end
local lease = table.concat({ ARGV[1], ARGV[2], ARGV[3], ARGV[5] }, ' ')
redis.call('SET', LEASE, lease, 'PX', ARGV[4])
redis.call('HSET', SCHEDULER, 'renewedAt', digits(now()))
return 1
