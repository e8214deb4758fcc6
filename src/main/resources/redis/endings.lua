-- How runs end, and what follows for their jobs.
--
-- KEYS     FAILED
include 'history'
include 'jobs'

-- A number from 0 to below - 1, drawn from the clock's microseconds. The same script writes what it
-- draws, so a repeat does not draw again.
local function draw(below)
  local micros = redis.call('TIME')[2]
  return math.floor((micros * 2654435761) % 4294967296 / 4294967296 * below)
end

-- Some jobs rest between the end of a run and the next occurrence: nothing is due while a run of theirs
-- is under way, and the end of the last one decides when the next is.
local function rest(job, at)
  local terms = terms_of(job)
  if job.state ~= 'active' or due_of(job) > 0 or has_runs(job) then return end
  local next = at + terms.rest_least + draw(terms.rest_most - terms.rest_least)
  if terms.end_at > 0 and next >= terms.end_at then
    complete_job(job, at)
    return
  end
  local instant = next + draw(terms.jitter)
  job.next = next
  save(job)
  set_due_at(job, instant)
  hint_job(job, instant)
end

-- Pauses a job after too many failures in a row. Answers whether it did.
local function watch_failures(job, pause_after, state, at)
  if state == 'failed' then
    job.failures = job.failures + 1
  elseif state == 'succeeded' then
    job.failures = 0
  end
  save(job)
  if state ~= 'failed' or job.failures < pause_after or job.state ~= 'active' then return false end
  pause_job(job, job.failures .. ' failed runs in a row', at)
  return true
end

-- What the end of a run means for its job: a pause after too many failures in a row, or the next
-- occurrence of a job that rests between its runs.
local function after_end(job, state, at)
  if job.terms == '' then return end
  local terms = terms_of(job)
  if terms.pause_after > 0 and watch_failures(job, terms.pause_after, state, at) then return end
  if terms.rests == 1 then rest(job, at) end
end

-- Counts how a run ended; by is -1 to take it back.
local function count_end(job, state, by)
  if state == 'succeeded' then
    job.succeeded = job.succeeded + by
  elseif state == 'failed' then
    job.failed = job.failed + by
  end
end

-- Ends a run: into the history, out of everything else. To be followed by `promote`.
-- is_gone: whether its receiver answered that it is gone for good
local function end_run(job, run, state, reason, attempts, last_attempt, is_gone, at)
  local payload = more_of(run, 'payload') or ''
  local held = run.state ~= 'queued'
  run.state = state
  add_to_history(job, ended_of(job, run, state, reason, attempts, 0, payload, at))
  forget_run(run)
  if held then release(job, run.id) end
  count_end(job, state, 1)
  list(job, job.state, state)
  if state == 'failed' then
    redis.call('XADD', FAILED, 'MAXLEN', '~', FAILURES_KEPT, '*', 'run', run.id)
  end
  save(job)
  tell_run('run.' .. state, job, run, write_run(run), at, 0, last_attempt, reason)
  if is_gone and job.state == 'active' then
    pause_job(job, reason 'gone', at)
  elseif not is_gone then
    after_end(job, state, at)
  end
end

-- An accepted run that is skipped before its first attempt did not run: its occurrence is taken back
-- from `accepted`. A redelivered run had run before.
local function take_back(job, run, at)
  if run.started == 0 and (run.trigger == 'schedule' or run.trigger == 'catch-up') then
    local accepted = job.accepted
    job.accepted = accepted - 1
    save(job)
    if job.state == 'completed' and accepted == terms_of(job).max_runs then
      -- It was the last occurrence that the job was to have. A job that had more than it is to have by
      -- now still has had them all.
      reopen_job(job, at)
      return
    end
  end
  after_end(job, 'skipped', at)
end

-- Ends a run whose guard refused it. To be followed by `promote`.
local function skip_started(job, run, reason, at)
  check_history(job)
  job.started = job.started - 1
  run.started = 0
  record_skip(job, run, reason, 1, at)
  forget_run(run)
  release(job, run.id)
  take_back(job, run, at)
end
