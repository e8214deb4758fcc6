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
local function rest(job, stamp)
  local terms = terms_of(job)
  if job.state ~= 'active' or due_of(job) or has_runs(job) then return end
  local next = stamp + terms.rest_least + draw(terms.rest_most - terms.rest_least)
  if terms.end_at ~= '' and next >= tonumber(terms.end_at) then
    complete_job(job, stamp)
    return
  end
  local instant = digits(next + draw(tonumber(terms.jitter == '' and '0' or terms.jitter)))
  job.next = digits(next)
  save(job)
  set_due_at(job, instant)
  hint_job(job, instant)
end

-- Pauses a job after too many failures in a row. Answers whether it did.
local function watch_failures(job, pause_after, state, stamp)
  if state == 'failed' then
    job.failures = digits(job.failures + 1)
  elseif state == 'succeeded' then
    job.failures = '0'
  end
  save(job)
  if state ~= 'failed' or tonumber(job.failures) < tonumber(pause_after) or job.state ~= 'active' then
    return false
  end
  pause_job(job, job.failures .. ' failed runs in a row', stamp)
  return true
end

-- What the end of a run means for its job: a pause after too many failures in a row, or the next
-- occurrence of a job that rests between its runs.
local function after_end(job, state, stamp)
  if job.terms == '' or not string.find(job.terms, ',', 1, true) then return end
  local terms = terms_of(job)
  if terms.pause_after ~= '' and watch_failures(job, terms.pause_after, state, stamp) then return end
  if terms.rest_least ~= '' then rest(job, stamp) end
end

-- Ends a run: into the history, out of everything else. To be followed by `promote`.
-- is_gone: whether its receiver answered that it is gone for good
local function end_run(job, run, state, reason, attempts, last_attempt, is_gone, stamp)
  local payload = more_of(run, 'payload') or ''
  local held = run.state ~= 'queued'
  run.state = state
  add_to_history(job, ended_of(job, run, state, reason, attempts, '', payload, stamp))
  forget_run(run)
  if held then release(job, run.id) end
  if state ~= 'cancelled' then
    job[state] = digits(job[state] + 1)
  end
  list(job, job.state, state)
  if state == 'failed' then
    redis.call('XADD', FAILED, 'MAXLEN', '~', FAILURES_KEPT, '*', 'run', run.id)
  end
  tell('run.' .. state, job.id, job.tags, run.id, told_record(run), 'reason', reason,
    'finished', stamp, 'attempts', last_attempt)
  if is_gone and job.state == 'active' then
    pause_job(job, 'gone', stamp)
  elseif not is_gone then
    after_end(job, state, stamp)
  end
end

-- An accepted run that is skipped before its first attempt did not run: its occurrence is taken back
-- from `accepted`. A redelivered run had run before.
local function take_back(job, run, stamp)
  if run.started == '' and (run.trigger == 'schedule' or run.trigger == 'catch-up') then
    local accepted = tonumber(job.accepted)
    job.accepted = digits(accepted - 1)
    save(job)
    if job.state == 'completed' and accepted == tonumber(terms_of(job).max_runs) then
      -- It was the last occurrence that the job was to have. A job that had more than it is to have by
      -- now still has had them all.
      reopen_job(job, stamp)
      return
    end
  end
  after_end(job, 'skipped', stamp)
end

-- Ends a run whose guard refused it. To be followed by `promote`.
local function skip_started(job, run, reason, stamp)
  check_history(job)
  job.started = digits(job.started - 1)
  run.started = ''
  record_skip(job, run, reason, 1, stamp)
  forget_run(run)
  release(job, run.id)
  take_back(job, run, stamp)
end
