-- with: endings slots
-- Changes the scheduler's settings for the whole cluster.
-- ARGV    paused ('1', '0', '' to keep), now, limit ('' to keep, '0' for none), on limit, queue
-- Returns the fields of the settings
local paused, at = ARGV[1], ARGV[2]
local was = redis.call('HGET', SCHEDULER, 'paused') or '0'
if paused == '1' and was ~= '1' then
  redis.call('HSET', SCHEDULER, 'paused', '1', 'pausedAt', at, 'resumedAt', '')
  tell('scheduler.paused', '', '', '', '')
elseif paused == '0' and was == '1' then
  redis.call('HSET', SCHEDULER, 'paused', '0', 'resumedAt', at)
  tell('scheduler.resumed', '', '', '', '')
end
if ARGV[3] ~= '' then
  local was_limit = redis.call('HMGET', SCHEDULER, 'limit', 'onLimit', 'maxQueue')
  redis.call('HSET', SCHEDULER, 'limit', ARGV[3], 'onLimit', ARGV[4], 'maxQueue', ARGV[5])
  if (was_limit[1] or '0') ~= ARGV[3] or (was_limit[2] or '') ~= ARGV[4]
    or (was_limit[3] or '') ~= ARGV[5] then
    -- In the order of coming, so that it can be told which runs got a slot under this limit.
    redis.call('HSET', SCHEDULER, 'limitSince', coming())
    tell('scheduler.limited', '', '', '', '', 'limit', ARGV[3])
  end
end
promote({}, digits(now()))
redis.call('PUBLISH', HINTS, 'settings')
return redis.call('HGETALL', SCHEDULER)
