-- Idempotency keys, a hash each:
-- request       what tells the request from another one under the key
-- id            drawn for what the request makes
-- token, until  the claim of the request under way, and the ms at which it lapses; absent when there is
--               none
-- made          the id of what was made under the key; absent until then
-- made:...      what was made, as it was then
--
-- Scripts that use nothing else name SCHEDULER among their keys, which they do not read: it says where the
-- ledger is.

local function idempotency_key(key) return PREFIX .. 'idempotency:' .. key end

-- Whether something may be made under this claim: it was not replaced, and has made nothing yet. Without a
-- key ('') always.
local function may_make(key, token)
  if key == '' then return true end
  local is = redis.call('HMGET', idempotency_key(key), 'token', 'made')
  return is[1] == token and not is[2]
end

-- Notes what was made under a key, by pairs of name and value.
local function note_made(key, id, ...)
  if key == '' then return end
  redis.call('HSET', idempotency_key(key), 'made', id, ...)
  redis.call('PEXPIRE', idempotency_key(key), IDEMPOTENCY_KEPT)
end
