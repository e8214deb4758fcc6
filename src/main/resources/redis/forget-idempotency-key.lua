-- Forgets an idempotency key under which nothing was made, and nothing will be.
--
-- KEYS     SCHEDULER
-- ARGV     key    as the caller gave it
--          token  of the claim
-- RETURNS  1, or 0 when the claim is not this one any more, or something was made under it
include 'idempotency'

if not may_make(key, token) then return 0 end
redis.call('DEL', idempotency_key(key))
return 1
