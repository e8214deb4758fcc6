-- Bids for the lease. Each new holder gets a greater epoch, also after Redis lost its last second.
-- ARGV    replica, ttl in ms, Redis client id of the connection that will renew, version
-- Returns 1 and the new lease, or 0 and the present one
local held = redis.call('GET', LEASE)
if held then return { 0, held } end
local at = now()
local epoch = math.max(tonumber(redis.call('GET', EPOCH) or '0') + 1, at)
local lease = table.concat({ ARGV[1], digits(epoch), digits(at), ARGV[3] }, ' ')
redis.call('SET', EPOCH, digits(epoch))
redis.call('SET', LEASE, lease, 'PX', ARGV[2])
tell('leader.elected', '', '', '', '', 'replica', ARGV[1], 'epoch', digits(epoch))
return { 1, lease }
