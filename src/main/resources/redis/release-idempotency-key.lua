-- Ends the claim of an idempotency key; the key keeps its request and its id.
--
-- KEYS     SCHEDULER
-- ARGV     key    as the caller gave it
--          token  of the claim
-- RETURNS  1, or 0 when the claim is not this one any more
include 'idempotency'

local kept = idempotency_key(key)
if redis.call('HGET', kept, 'token') ~= token then return 0 end
redis.call('HDEL', kept, 'token', 'until')
return 1
