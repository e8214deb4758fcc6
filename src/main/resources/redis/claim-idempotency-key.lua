-- Claims an idempotency key for a request that is about to be tried.
--
-- KEYS     SCHEDULER
-- ARGV     key      as the caller gave it
--          request  tells the request from another one under the key
--          drawn    id drawn for what it makes
--          token    of the claim
-- RETURNS  'claimed' and the id that belongs to the key; 'made' and the id of what was made under it;
--          'in-progress' while another claim lives; 'other-request'
include 'idempotency'

local kept = idempotency_key(key)
local was = redis.call('HMGET', kept, 'request', 'id', 'token', 'until', 'made')
if was[1] and was[1] ~= request then return { 'other-request' } end
if was[5] then return { 'made', was[5] } end

-- One that lapses later than any claim was made before the clock was set back.
local left = (tonumber(was[4] or nil) or 0) - now()
local lives = left > 0 and left <= IDEMPOTENCY_CLAIM
if lives and was[3] ~= token then return { 'in-progress' } end

local id = was[2] or drawn
redis.call('HSET', kept, 'request', request, 'id', id, 'token', token,
  'until', digits(now() + IDEMPOTENCY_CLAIM))
if not was[1] then redis.call('PEXPIRE', kept, IDEMPOTENCY_KEPT) end
return { 'claimed', id }
