-- Puts an answer where a claim of its key stands, or takes the claim away.
--
-- KEYS     SCHEDULER
-- ARGV     key     the caller's key
--          claim   the claim
--          answer  '' to give the key back
--          kept    ms for which the answer is kept
-- RETURNS  1, or 0 when the claim has lapsed
local name = PREFIX .. 'idem:' .. key
if redis.call('GET', name) ~= claim then return 0 end
if answer == '' then
  redis.call('DEL', name)
else
  redis.call('SET', name, answer, 'PX', kept)
end
return 1
