-- with: idempotency
-- Claims an idempotency key for a request that is about to be tried.
-- ARGV    key, what tells the request from another, id drawn for what it makes, token of the claim
-- Returns 'claimed' and the id that belongs to the key; 'made' and the id of what was made under it;
--         'in-progress' while another claim lives; 'other-request'
local key, request, id, token = idempotency_key(ARGV[1]), ARGV[2], ARGV[3], ARGV[4]
local was = redis.call('HMGET', key, 'request', 'id', 'token', 'until', 'made')
if was[1] and was[1] ~= request then return { 'other-request' } end
if was[5] then return { 'made', was[5] } end

-- One that lapses later than any claim was made before the clock was set back.
local left = (tonumber(was[4] or nil) or 0) - now()
local lives = left > 0 and left <= IDEMPOTENCY_CLAIM
if lives and was[3] ~= token then return { 'in-progress' } end

redis.call('HSET', key, 'request', request, 'id', was[2] or id, 'token', token,
  'until', digits(now() + IDEMPOTENCY_CLAIM))
if not was[1] then redis.call('PEXPIRE', key, IDEMPOTENCY_KEPT) end
return { 'claimed', was[2] or id }
