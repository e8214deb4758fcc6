-- Puts an answer where a claim of its key stands, or takes the claim away.
-- ARGV    key, claim, answer ('' to give the key back), ms for which it is kept
-- Returns 1, or 0 when the claim has lapsed
local key, claim, answer = PREFIX .. 'idem:' .. ARGV[1], ARGV[2], ARGV[3]
if redis.call('GET', key) ~= claim then return 0 end
if answer == '' then
  redis.call('DEL', key)
else
  redis.call('SET', key, answer, 'PX', ARGV[4])
end
return 1
