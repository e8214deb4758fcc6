-- Limits: which runs may go on now, which wait, which are refused. The job's limit is asked first. In
-- WAIT, the scheduler's queue, a job has one place at most, with a slot of the job; its other runs wait
-- in wait:<job>. All that wait are in QUEUED.
--
-- KEYS     SCHEDULER WAIT QUEUED PROMOTIONS
include 'endings'

-- How many runs one call lets go on, of all jobs together: Redis serves nobody else meanwhile.
local MOST_MOVES = 1000
local moves = 0

-- In PROMOTIONS in the place of a job: the queue of the scheduler.
local ALL_JOBS = '*'

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
  return latest_coming
end

local function wait_at_job(job, run)
  if redis.call('ZCARD', wait_key(job.id)) >= terms_of(job).max_queue then return reason 'queue-full' end
  local order = digits(coming())
  redis.call('ZADD', wait_key(job.id), order, run.id)
  redis.call('ZADD', QUEUED, order, run.id)
  run.state = 'queued'
end

local function get_slots(job, run)
  hold(job, run.id)
  run.state, run.slot = 'ready', coming()
end

-- Gives a run that has or gets a slot of its job one of the scheduler, or a place in its queue. Answers
-- why not: 'has-place' where another run of the job has the job's place in that queue.
local function ask_scheduler(job, run, over_all)
  if not over_all or (holding_in_all < over_all.limit and redis.call('ZCARD', WAIT) == 0) then
    get_slots(job, run)
    return nil
  end
  if over_all.on_limit == 'skip' then return reason 'limit' end
  if job.at_scheduler ~= '' then return 'has-place' end
  if redis.call('ZCARD', WAIT) >= over_all.max_queue then return reason 'queue-full' end
  local order = digits(coming())
  redis.call('ZADD', WAIT, order, run.id)
  redis.call('ZADD', QUEUED, order, run.id)
  job.at_scheduler = run.id
  save(job)
  run.state = 'queued'
end

local function is_full(job)
  local limit = terms_of(job).limit
  if limit == 0 then return false end
  local waits = job.at_scheduler ~= '' and 1 or 0
  return count_holding(job) + waits >= limit
end

-- Lets a run in that is accepted now: it becomes ready or queued. Answers why it is refused, nil where
-- it is not.
local function admit(job, run, over_all)
  local full = is_full(job)
  if full and terms_of(job).on_limit == 'skip' then return reason 'overlap' end
  if full or redis.call('ZCARD', wait_key(job.id)) > 0 then return wait_at_job(job, run) end
  local refused = ask_scheduler(job, run, over_all)
  if refused == 'has-place' then return wait_at_job(job, run) end
  return refused
end

local function offer(run, from) put(ready, run.id, from) end

-- Writes a run that was let in, and offers it or tells that it is queued.
local function enter(job, run, at)
  local record = save_run(run)
  if run.state == 'ready' then
    offer(run, at)
  else
    tell_run('run.queued', job, run, record)
  end
end

local function make_ready(run, at)
  redis.call('ZREM', QUEUED, run.id)
  save_run(run)
  offer(run, at)
end

-- Ends a waiting run that the scheduler's limit refuses.
local function refuse_waiting(job, run, reason, at)
  check_history(job)
  redis.call('ZREM', wait_key(job.id), run.id)
  redis.call('ZREM', QUEUED, run.id)
  record_skip(job, run, reason, 1, at)
  forget_run(run)
  -- It may also have been the last run that the job's next occurrence waited for.
  take_back(job, run, at)
end

local function promote_later(job_id) redis.call('ZADD', PROMOTIONS, digits(coming()), job_id) end

-- Lets runs of one job go on that wait for it, as far as its limit allows.
local function promote_job(job, over_all, at)
  while true do
    local id = redis.call('ZRANGE', wait_key(job.id), 0, 0)[1]
    if not id or is_full(job) then return end
    if moves >= MOST_MOVES then
      promote_later(job.id)
      return
    end
    local run = run_at(id)
    if run then
      local refused = ask_scheduler(job, run, over_all)
      if refused == 'has-place' then return end
      if refused then
        refuse_waiting(job, run, refused, at)
      else
        redis.call('ZREM', wait_key(job.id), id)
        if run.state == 'ready' then make_ready(run, at) end
      end
    else
      redis.call('ZREM', wait_key(job.id), id)
      redis.call('ZREM', QUEUED, id)
    end
    moves = moves + 1
  end
end

-- Where a job's queue is damaged, other jobs' runs go on, and what the script was called for holds: it is
-- done by now. Answers the error, nil where there is none.
local function try_promote(job, over_all, at)
  local served, why = pcall(promote_job, job, over_all, at)
  if served then return nil end
  promote_later(job.id)
  return type(why) == 'table' and why.err or why
end

local function log_damage(job, why)
  if not why then return end
  redis.log(redis.LOG_WARNING, 'carillon: runs of job ' .. job.id .. ' cannot go on: ' .. why)
end

-- Lets runs go on that wait for a slot of the scheduler, and those behind them.
local function promote_all(over_all, at)
  while not over_all or holding_in_all < over_all.limit do
    if moves >= MOST_MOVES then
      if redis.call('ZCARD', WAIT) > 0 then promote_later(ALL_JOBS) end
      return
    end
    local id = redis.call('ZPOPMIN', WAIT)[1]
    if not id then return end
    redis.call('ZREM', QUEUED, id)
    local job, run = job_at(job_of(id)), run_at(id)
    if job and run then
      job.at_scheduler = ''
      get_slots(job, run)
      make_ready(run, at)
      log_damage(job, try_promote(job, over_all, at))
    end
    moves = moves + 1
  end
end

-- Lets waiting runs go on after runs of these jobs gave back their slots, and those first that an earlier
-- call had to leave. What this one leaves, too, is for the next: each replica reaps every second.
local function promote(jobs, at)
  if redis.call('ZCARD', QUEUED) == 0 then return end
  local over_all = scheduler_limit()
  local left = redis.call('ZPOPMIN', PROMOTIONS, MOST_MOVES)
  for i = 1, #left, 2 do
    local job = job_at(left[i])
    -- Its damage was logged when it was left.
    if job then try_promote(job, over_all, at) end
  end
  for _, job in ipairs(jobs) do log_damage(job, try_promote(job, over_all, at)) end
  promote_all(over_all, at)
  if moves > 0 then redis.call('PUBLISH', HINTS, 'ready') end
end

-- Takes a run out of every queue that it may wait in, and from its owner.
local function leave_queues(job, id)
  take_out(ready, id)
  take_out(inflight, id)
  take_out(awaiting, id)
  if redis.call('ZREM', QUEUED, id) == 0 then return end
  redis.call('ZREM', wait_key(job_of(id)), id)
  if redis.call('ZREM', WAIT, id) == 1 and job then
    job.at_scheduler = ''
    save(job)
  end
end
