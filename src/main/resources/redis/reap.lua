-- Offers again what was taken and not finished in time, and what dead replicas had taken; fails runs
-- whose completion was not reported in time. Lets waiting runs go on that an earlier call had to leave.
--
-- KEYS     RUNS INFLIGHT AWAITING REPLICAS
-- ARGV     replica  the asking replica; it is alive
--          most     how many runs at most
--          silence  ms of silence after which a replica is dead
-- RETURNS  how many runs were offered again, and how many failed
include 'drains'
include 'slots'
include 'attempts'

local MOST_CRASHES = 5

local function change()
  local at = now()
  local most_runs = tonumber(most)
  local over_all = scheduler_limit()
  local offered, failed, ended_jobs = 0, 0, {}

  local function fail(job, run, reason, attempts, last)
    end_run(job, run, 'failed', reason, attempts, last, false, at)
    failed = failed + 1
    ended_jobs[#ended_jobs + 1] = job
  end

  local function crashed(run)
    local job = job_at(job_of(run.id))
    local attempt = cut_short(run, at, reason 'crashed')
    local attempts = with_attempt(run, attempt)
    run.crashes = run.crashes + 1
    if not job then
      forget_run(run)
    elseif run.crashes >= MOST_CRASHES then
      fail(job, run, reason 'crashed', attempts, attempt)
    else
      keep_more(run, 'attempts', attempts)
      run.state, run.owner = 'ready', ''
      save_run(run)
      offer(run, at)
      offered = offered + 1
    end
    take_out(inflight, run.id)
  end

  local function overdue(id)
    local run = run_at(id)
    if not run then
      take_out(inflight, id)
      return
    end
    crashed(run)
  end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', INFLIGHT, '-inf', at, 'LIMIT', 0, most)) do
    try(overdue, id)
  end

  local function unreported(id)
    local job, run = job_at(job_of(id)), run_at(id)
    if job and run then
      fail(job, run, reason 'completion-timeout', more_of(run, 'attempts') or '', '')
    elseif run then
      forget_run(run)
    end
    leave_queues(job, id)
  end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', AWAITING, '-inf', at, 'LIMIT', 0, most)) do
    try(unreported, id)
  end

  -- Dead replicas, by id.
  local dead, names = {}, {}
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', REPLICAS, '-inf', digits(at - silence))) do
    local name = string.match(member, '^(%S+)')
    if name ~= replica then
      dead[name] = true
      names[#names + 1] = member
    end
  end

  -- Offers again what they had taken. Where there is a limit the receiver may still be at work: then the
  -- deadline decides. Answers whether that was all.
  local function offer_all_of_dead()
    if over_all then return true end
    return each_in_flight(function(run)
      -- A run that was dealt with above is not in its owner's hands any more.
      if inflight.by[run.id] ~= nil or not dead[string.match(run.owner, '^[^/]*')] then return end
      local job = job_at(job_of(run.id))
      if not job or terms_of(job).limit == 0 then
        if offered + failed >= most_runs then return false end
        try(crashed, run)
      end
    end)
  end
  if #names > 0 and offer_all_of_dead() then redis.call('ZREM', REPLICAS, unpack(names)) end
  promote(ended_jobs, at)
  if offered > 0 then redis.call('PUBLISH', HINTS, 'ready') end
  return { offered, failed }
end

return conclude(change)
