-- Gives a lease up, and tells the standbys.
--
-- KEYS     LEASE SCHEDULER
-- ARGV     replica  the holder
--          epoch    its fencing number
-- RETURNS  1, or 0 when it was no longer the caller's
include 'drains'
include 'events'

local held = redis.call('GET', LEASE)
local prefix = replica .. ' ' .. epoch .. ' '
if not held or string.sub(held, 1, #prefix) ~= prefix then return 0 end
redis.call('DEL', LEASE)
redis.call('HSET', SCHEDULER, 'renewedAt', digits(now()))
tell('leader.resigned', 'replica', replica, 'epoch', epoch)
write_events()
redis.call('PUBLISH', HINTS, 'lease')
return 1
