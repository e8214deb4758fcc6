-- Records how attempts ended, for the replica that took the runs.
--
-- KEYS     RUNS
-- ARGV     replica  the replica that took them
-- ITEM     run      word    id
--          token    word    under which it was taken
--          what     word    retry | back | awaiting-completion | the state that the run ends in
--          reason   text
--          attempt  text    the attempt's record without the instant of the next
--          delay    millis  until the next attempt, or until the completion is overdue
--          gone     byte    1 where the receiver answered that it is gone for good
-- RETURNS  of each item 1; 0 where the run is no longer the caller's; or why it could not be recorded:
--          then the run is offered again at its deadline, as if its replica had died
include 'drains'
include 'slots'

local function change()
  local at = now()
  local items, ids, job_ids = {}, {}, {}
  for n = 1, ITEMS do
    items[n] = item(n)
    ids[n], job_ids[n] = items[n].run, job_of(items[n].run)
  end
  local records = redis.call('HMGET', RUNS, unpack(ids))
  read_jobs(job_ids)

  local offered, ended, ended_jobs = false, {}, {}

  -- The run goes on later, its attempts so far kept.
  local function go_on(job, run, state, attempt, reason)
    keep_more(run, 'attempts', with_attempt(run, attempt))
    run.state, run.owner = state, ''
    local record = save_run(run)
    tell_run('run.' .. state, job, run, record, 0, 0, attempt, reason)
  end

  local function ends(job)
    if not ended[job.id] then
      ended[job.id] = true
      ended_jobs[#ended_jobs + 1] = job
    end
  end

  local function record(job, run, outcome)
    if outcome.what == 'back' then
      run.state, run.owner, run.attempt = 'ready', '', run.attempt - 1
      save_run(run)
      offer(run, at)
      offered = true
    elseif outcome.what == 'retry' then
      local next = at + outcome.delay
      go_on(job, run, 'retrying', outcome.attempt .. digits(next), outcome.reason)
      offer(run, next)
      offered = true
    elseif outcome.what == 'awaiting-completion' then
      go_on(job, run, outcome.what, outcome.attempt)
      put(awaiting, run.id, at + outcome.delay)
    elseif outcome.what == 'skipped' then
      skip_started(job, run, outcome.reason, at)
      ends(job)
    else
      end_run(job, run, outcome.what, outcome.reason, with_attempt(run, outcome.attempt),
        outcome.attempt, outcome.gone == 1, at)
      ends(job)
    end
    take_out(inflight, run.id)
  end

  local replies, seen, recorded = {}, {}, 0
  for n, outcome in ipairs(items) do
    local id = outcome.run
    local run = records[n] and read_run(records[n])
    local owned = run and run.owner == replica .. '/' .. outcome.token
    replies[n] = owned and 1 or 0
    if owned and not seen[id] then
      seen[id] = true
      run.id = id
      local job = job_at(job_ids[n])
      local served, why = true, nil
      if job then
        served, why = try(record, job, run, outcome)
      else
        -- Its job is no more, and there is nobody to tell.
        forget_run(run)
        take_out(inflight, id)
        holding_in_all = holding_in_all - 1
      end
      if served then
        recorded = recorded + 1
      else
        replies[n] = type(why) == 'table' and why.err or why
      end
    end
  end
  -- Where nothing could be recorded, that is the answer for all.
  if recorded == 0 then return replies end
  fault = nil
  if #ended_jobs > 0 then promote(ended_jobs, at) end
  if offered then redis.call('PUBLISH', HINTS, 'ready') end
  return replies
end

return conclude(change)
