-- Limits: who may run now, who waits, who is refused. Part of the scripts that say so in their first
-- line. A run holds its slots, one of its job and one of the scheduler, from acceptance to its end: it is
-- in ACTIVE. The job's limit is asked first. In WAIT, the scheduler's queue, a job has one place at most,
-- with a slot of the job; its other runs wait in wait:<job>. No slot lapses by time and none is counted:
-- the sets are the count.

local MOST_MOVES = 10000

-- The limit over all jobs; nil where there is none.
local function scheduler_limit()
  local is = redis.call('HMGET', SCHEDULER, 'limit', 'onLimit', 'maxQueue')
  if not is[1] or is[1] == '0' then return nil end
  return { limit = tonumber(is[1]), on_limit = is[2], max_queue = tonumber(is[3]) }
end

-- The order of coming, also within one script: nothing that it does takes less than a microsecond.
local latest_coming
local function coming()
  if latest_coming then
    latest_coming = latest_coming + 1
  else
    local time = redis.call('TIME')
    latest_coming = time[1] * 1000000 + time[2]
  end
  return digits(latest_coming)
end

local function wait_at_job(job, id)
  if redis.call('ZCARD', wait_key(job.id)) >= job.max_queue then return nil, 'queue-full' end
  redis.call('ZADD', wait_key(job.id), coming(), id)
  return 'queued'
end

-- A slot of the scheduler, or a place in its queue, for a run that has or gets one of its job.
local function ask_scheduler(job, id, over_all)
  if not over_all or (redis.call('ZCARD', ACTIVE) < over_all.limit
    and redis.call('ZCARD', WAIT) == 0) then
    redis.call('ZADD', ACTIVE, 0, id)
    return 'ready'
  end
  if over_all.on_limit == 'skip' then return nil, 'limit' end
  if job.place and job.place ~= '' then return nil, 'has-place' end
  if redis.call('ZCARD', WAIT) >= over_all.max_queue then return nil, 'queue-full' end
  redis.call('ZADD', WAIT, coming(), id)
  redis.call('HSET', job_key(job.id), 'place', id)
  job.place = id
  return 'queued'
end

local function is_full(job) return job.limit and slots_of(job.id, job.place) >= job.limit end

-- Where a run goes that is accepted now: 'ready', 'queued', or nil and why it is refused.
local function admit(job, id, over_all)
  local full = is_full(job)
  if full and job.on_limit == 'skip' then return nil, 'overlap' end
  if full or redis.call('ZCARD', wait_key(job.id)) > 0 then return wait_at_job(job, id) end
  local state, refused = ask_scheduler(job, id, over_all)
  if refused == 'has-place' then return wait_at_job(job, id) end
  return state, refused
end

-- The slot of one that was let in so.
local function slot_of(state) return state == 'ready' and coming() or '0' end

local function settle(run, state)
  read_body(run)
  run.state, run.slot = state, slot_of(state)
  write_body(run)
end

local function make_ready(id, stamp)
  local run = read_run(redis.call('HGET', RUNS, id))
  settle(run, 'ready')
  redis.call('HSET', RUNS, id, write_run(run))
  redis.call('ZADD', READY, stamp, id)
end

local function refuse_waiting(job, id, reason, stamp)
  local run = read_run(redis.call('HGET', RUNS, id))
  redis.call('HDEL', RUNS, id)
  redis.call('DEL', run_key(id))
  record_skip(job.id, job.tags, id, run, reason, 1, stamp)
  -- It may also have been the last one that the job's next occurrence waited for.
  give_back(job.id, run, stamp)
end

-- Lets runs of one job go on that wait for it, as far as its limit allows. Answers how many moved.
local function promote_job(job, over_all, stamp, most)
  local moved = 0
  while moved < most do
    local id = redis.call('ZRANGE', wait_key(job.id), 0, 0)[1]
    if not id or is_full(job) then break end
    local state, refused = ask_scheduler(job, id, over_all)
    if refused == 'has-place' then break end
    redis.call('ZREM', wait_key(job.id), id)
    if state == 'ready' then
      make_ready(id, stamp)
    elseif refused then
      refuse_waiting(job, id, refused, stamp)
    end
    moved = moved + 1
  end
  return moved
end

-- Lets runs go on that wait for a slot of the scheduler, and those behind them. Answers how many moved.
local function promote_all(over_all, stamp, most)
  local moved = 0
  while moved < most do
    if over_all and redis.call('ZCARD', ACTIVE) >= over_all.limit then break end
    local id = redis.call('ZPOPMIN', WAIT)[1]
    if not id then break end
    local job = job_at_run(job_of(id))
    redis.call('HSET', job_key(job.id), 'place', '')
    job.place = ''
    redis.call('ZADD', ACTIVE, 0, id)
    make_ready(id, stamp)
    moved = moved + 1 + promote_job(job, over_all, stamp, most - moved)
  end
  return moved
end

-- After runs of these jobs gave back their slots.
local function promote(jobs, stamp)
  forget_ended()
  -- Who waits is in RUNS and not in ACTIVE.
  if redis.call('HLEN', RUNS) == redis.call('ZCARD', ACTIVE) then return 0 end
  local over_all = scheduler_limit()
  local moved = 0
  for _, job in ipairs(jobs) do
    if redis.call('ZCARD', wait_key(job)) > 0 then
      moved = moved + promote_job(job_at_run(job), over_all, stamp, MOST_MOVES)
    end
  end
  if redis.call('ZCARD', WAIT) > 0 then
    moved = moved + promote_all(over_all, stamp, MOST_MOVES)
  end
  if moved > 0 then redis.call('PUBLISH', HINTS, 'ready') end
  return moved
end

-- Takes a run out of whatever it waits in, and from who delivers it.
local function leave_queues(id)
  local job = job_of(id)
  redis.call('ZREM', READY, id)
  redis.call('ZREM', INFLIGHT, id)
  redis.call('ZREM', AWAITING, id)
  redis.call('ZREM', wait_key(job), id)
  if redis.call('ZREM', WAIT, id) == 1 then redis.call('HSET', job_key(job), 'place', '') end
end
