-- with: endings slots attempts
-- Offers again what was taken and not finished in time, and what replicas had taken that are dead; ends
-- what was not completed in time.
-- ARGV    the asking replica, how many runs at the most, ms of silence after which a replica is dead
-- Returns how many runs were offered again, and how many failed
local self, most, silence = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local MOST_CRASHES = 5
local at = now()
local stamp = digits(at)
local over_all = scheduler_limit()
local offered, failed, jobs = 0, 0, {}

local function fail(id, run, reason, attempts, last)
  end_run(id, run, 'failed', reason, attempts, last, stamp)
  failed = failed + 1
  jobs[#jobs + 1] = job_of(id)
end

local function crashed(id, run)
  redis.call('ZREM', INFLIGHT, id)
  local attempt = cut_short(run, at, 'crashed')
  local attempts = with_attempt(id, run, attempt)
  run.crashes = run.crashes + 1
  write_body(run)
  if run.crashes >= MOST_CRASHES then
    fail(id, run, 'crashed', attempts, attempt)
  else
    run.state = 'ready'
    keep_more(id, run, 'attempts', attempts)
    redis.call('HSET', RUNS, id, write_run(run))
    redis.call('ZADD', READY, stamp, id)
    offered = offered + 1
  end
end

local function overdue(id)
  local record = redis.call('HGET', RUNS, id)
  if record then crashed(id, read_run(record)) else redis.call('ZREM', INFLIGHT, id) end
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', INFLIGHT, '-inf', stamp, 'LIMIT', 0, most)) do
  try(overdue, id)
end

local function unreported(id)
  local record = redis.call('HGET', RUNS, id)
  leave_queues(id)
  if not record then return end
  local run = read_run(record)
  fail(id, run, 'completion-timeout', more_of(id, run, 'attempts') or '', '')
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', AWAITING, '-inf', stamp, 'LIMIT', 0, most)) do
  try(unreported, id)
end

-- The replicas that are dead, by id.
local dead, names = {}, {}
for _, replica in ipairs(redis.call('ZRANGEBYSCORE', REPLICAS, '-inf', digits(at - silence))) do
  local name = string.match(replica, '^(%S+)')
  if name ~= self then
    dead[name] = true
    names[#names + 1] = replica
  end
end

-- Offers again what they had taken. Where there is a limit the receiver may still be at work: then the
-- deadline decides. Answers whether that was all.
local function offer_all_of_dead()
  if over_all then return true end
  return each_in_flight(function(id, record)
    local run = read_run(record)
    if dead[string.match(run.owner, '^[^/]*')] and not job_at_run(job_of(id)).limit then
      if offered + failed >= most then return false end
      try(crashed, id, run)
    end
  end)
end
if #names > 0 and offer_all_of_dead() then redis.call('ZREM', REPLICAS, unpack(names)) end
if #jobs > 0 then promote(jobs, stamp) end
if offered > 0 then redis.call('PUBLISH', HINTS, 'ready') end
return { offered, failed }
