-- with: idempotency
-- Ends the claim of an idempotency key; the key keeps its request and its id.
-- ARGV    key, token of the claim
-- Returns 1, or 0 when the claim is not this one any more
local key = idempotency_key(ARGV[1])
if redis.call('HGET', key, 'token') ~= ARGV[2] then return 0 end
redis.call('HDEL', key, 'token', 'until')
return 1
