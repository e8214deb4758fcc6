-- Gives a lease up, and tells who waits for it.
-- ARGV    replica, epoch
-- Returns 1, or 0 when it was no longer the caller's
local held = redis.call('GET', LEASE)
local prefix = ARGV[1] .. ' ' .. ARGV[2] .. ' '
if not held or string.sub(held, 1, #prefix) ~= prefix then return 0 end
redis.call('DEL', LEASE)
redis.call('HSET', SCHEDULER, 'renewedAt', digits(now()))
tell('leader.resigned', '', '', '', '', 'replica', ARGV[1], 'epoch', ARGV[2])
redis.call('PUBLISH', HINTS, 'lease')
return 1
