-- Bids for the lease. Each new holder gets a greater epoch, also after Redis lost its last second.
--
-- KEYS     LEASE EPOCH SCHEDULER
-- ARGV     replica    the bidder
--          ttl        ms
--          client     Redis client id of the connection that will renew
--          replaced   the lease that may be replaced although it has not lapsed; '' for none
-- RETURNS  1, the new lease and for how many ms nobody led ('' where nobody ever did); or 0 and the
--          present lease
include 'drains'
include 'events'

local held = redis.call('GET', LEASE)
if held and held ~= replaced then return { 0, held } end
local at = now()
local new_epoch = math.max(tonumber(redis.call('GET', EPOCH) or '0') + 1, at)
local lease = table.concat({ replica, digits(new_epoch), digits(at), client }, ' ')
-- Since the latest renewal, or since the lease was given up; never negative, although the clock may have
-- been set back since then.
local renewed = redis.call('HGET', SCHEDULER, 'renewedAt')
local gap = renewed and digits(math.max(0, at - renewed)) or ''
redis.call('SET', EPOCH, digits(new_epoch))
redis.call('SET', LEASE, lease, 'PX', ttl)
redis.call('HSET', SCHEDULER, 'renewedAt', digits(at))
tell('leader.elected', 'replica', replica, 'epoch', digits(new_epoch), 'gapMs', gap)
write_events()
return { 1, lease, gap }
