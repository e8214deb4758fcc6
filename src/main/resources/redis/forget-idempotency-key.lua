-- with: idempotency
-- Forgets an idempotency key under which nothing was made, and nothing will be.
-- ARGV    key, token of the claim
-- Returns 1, or 0 when the claim is not this one any more, or something was made under it
if not may_make(ARGV[1], ARGV[2]) then return 0 end
redis.call('DEL', idempotency_key(ARGV[1]))
return 1
