-- Bids for the lease. Each new holder gets a greater epoch, also after Redis lost its last second.
-- ARGV    replica, ttl in ms, Redis client id of the connection that will renew, the lease that may be
--         replaced although it has not lapsed ('' for none)
-- Returns 1 and the new lease, or 0 and the present one
local held = redis.call('GET', LEASE)
if held and held ~= ARGV[4] then return { 0, held } end
local at = now()
local epoch = math.max(tonumber(redis.call('GET', EPOCH) or '0') + 1, at)
local lease = table.concat({ ARGV[1], digits(epoch), digits(at), ARGV[3] }, ' ')
-- For how long nobody led: since the latest renewal, or since the lease was given up; never less than
-- nothing, although the clock may have been set back since then.
local renewed = redis.call('HGET', SCHEDULER, 'renewedAt')
local gap = renewed and digits(math.max(0, at - renewed)) or ''
redis.call('SET', EPOCH, digits(epoch))
redis.call('SET', LEASE, lease, 'PX', ARGV[2])
redis.call('HSET', SCHEDULER, 'renewedAt', digits(at))
tell('leader.elected', '', '', '', '', 'replica', ARGV[1], 'epoch', digits(epoch), 'gapMs', gap)
return { 1, lease, gap }
