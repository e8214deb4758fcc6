-- Changes the scheduler's settings for the whole cluster.
--
-- KEYS     SCHEDULER
-- ARGV     paused     '1', '0', or '' to keep
--          at         now, by the caller's clock, ms
--          limit      most runs that hold slots; '0' for no limit, '' to keep
--          on_limit   skip | queue
--          max_queue  most runs that wait for a slot
-- RETURNS  1
include 'drains'
include 'slots'

local function change()
  local was = redis.call('HGET', SCHEDULER, 'paused') or '0'
  if paused == '1' and was ~= '1' then
    redis.call('HSET', SCHEDULER, 'paused', '1', 'pausedAt', at, 'resumedAt', '')
    tell('scheduler.paused')
  elseif paused == '0' and was == '1' then
    redis.call('HSET', SCHEDULER, 'paused', '0', 'resumedAt', at)
    tell('scheduler.resumed')
  end
  if limit ~= '' then
    local was_limit = redis.call('HMGET', SCHEDULER, 'limit', 'onLimit', 'maxQueue')
    redis.call('HSET', SCHEDULER, 'limit', limit, 'onLimit', on_limit, 'maxQueue', max_queue)
    if (was_limit[1] or '0') ~= limit or (was_limit[2] or '') ~= on_limit
      or (was_limit[3] or '') ~= max_queue then
      -- In the order of coming, so that it can be told which runs got a slot under this limit.
      redis.call('HSET', SCHEDULER, 'limitSince', digits(coming()))
      tell('scheduler.limited', 'limit', limit)
    end
  end
  promote({}, now())
  redis.call('PUBLISH', HINTS, 'settings')
  return 1
end

return conclude(change)
