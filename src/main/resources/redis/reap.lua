-- Offers again what was taken and not finished in time, and what replicas had taken that are dead.
-- ARGV    the asking replica, how many runs at the most, ms of silence after which a replica is dead
-- Returns how many runs were offered again, and how many failed because they crashed too often
local self, most, silence = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local MOST_CRASHES = 5
local at = now()
local stamp = digits(at)
local offered, failed = 0, 0

local function crashed(id)
  local record = redis.call('HGET', RUNS, id)
  disown(id)
  if not record then return end
  local run = read_run(record)
  local attempt = write_attempt(run.attempt, run.taken, digits(at - run.taken), '', 'crashed', '')
  local attempts = with_attempt(past_attempts(id, run), attempt)
  run.crashes = run.crashes + 1
  if run.crashes >= MOST_CRASHES then
    end_run(id, run, 'failed', 'crashed', attempts, attempt, at)
    failed = failed + 1
  else
    run.state = 'ready'
    redis.call('HSET', RUNS, id, write_run(run))
    redis.call('HSET', run_key(id), 'attempts', attempts)
    redis.call('ZADD', READY, stamp, id)
    offered = offered + 1
  end
end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', INFLIGHT, '-inf', stamp, 'LIMIT', 0, most)) do
  crashed(id)
end

for _, replica in ipairs(redis.call('ZRANGEBYSCORE', REPLICAS, '-inf', digits(at - silence))) do
  local name = string.match(replica, '^(%S+)')
  if name ~= self then
    local ids = redis.call('SRANDMEMBER', owned_key(name), math.max(0, most - offered - failed))
    for _, id in ipairs(ids) do
      crashed(id)
      redis.call('SREM', owned_key(name), id)
    end
    if redis.call('SCARD', owned_key(name)) == 0 then
      redis.call('ZREM', REPLICAS, replica)
    end
  end
end
if offered > 0 then redis.call('PUBLISH', HINTS, 'ready') end
return { offered, failed }
