-- How runs end, and what follows from it. Part of the scripts that say so in their first line.

-- A number from 0 to below - 1, drawn from the clock's microseconds. What is drawn here is written by
-- the same script, so a repeat does not draw again.
local function draw(below)
  local micros = redis.call('TIME')[2]
  return math.floor((micros * 2654435761) % 4294967296 / 4294967296 * below)
end

-- The least id that a history may hold: none is older than it reaches.
local function history_begin(stamp) return digits(math.max(0, stamp - HISTORY_AGE)) end

local function has_runs(job)
  return slots_of(job, redis.call('HGET', job_key(job), 'place')) > 0
    or redis.call('ZCARD', wait_key(job)) > 0
end

-- Nothing is left to run: the job changes its state, and its revision with it.
local function complete_job(job, tags, revision, stamp)
  local next_revision = digits(revision + 1)
  redis.call('HSET', job_key(job), 'state', 'completed', 'rev', next_revision,
    'updated', stamp, 'next', '')
  redis.call('ZREM', state_key('active'), job)
  redis.call('ZADD', state_key('completed'), 0, job)
  redis.call('ZREM', DUE, job)
  tell('job.completed', job, tags, '', '', 'revision', next_revision)
end

-- Something is left to run again: due at once, for the leader to compute what.
local function reopen_job(job, tags, revision, stamp)
  local next_revision = digits(revision + 1)
  redis.call('HSET', job_key(job), 'state', 'active', 'rev', next_revision, 'updated', stamp)
  redis.call('ZREM', state_key('completed'), job)
  redis.call('ZADD', state_key('active'), 0, job)
  redis.call('ZADD', DUE, stamp, job)
  tell('job.updated', job, tags, '', '', 'revision', next_revision)
  redis.call('PUBLISH', HINTS, 'job ' .. job .. ' ' .. stamp)
end

-- Some jobs rest between the end of a run and the next occurrence: they have nothing due while a run
-- lives, and whatever ends the last one calls this.
local function rest(job, stamp)
  if has_runs(job) or redis.call('ZSCORE', DUE, job) then return end
  local is = redis.call('HMGET', job_key(job), 'state', 'rev', 'tags', 'restMin', 'restMax', 'endAt',
    'jitter')
  if is[1] ~= 'active' then return end
  local next = stamp + is[4] + draw(is[5] - is[4])
  if is[6] ~= '' and next >= tonumber(is[6]) then
    complete_job(job, is[3], is[2], stamp)
    return
  end
  local due = digits(next + draw(tonumber(is[7])))
  redis.call('HSET', job_key(job), 'next', digits(next))
  redis.call('ZADD', DUE, due, job)
  redis.call('PUBLISH', HINTS, 'job ' .. job .. ' ' .. due)
end

-- Sets when a job is due, as its author computed it; but one that rests after its runs has nothing due
-- while a run lives, except the end of its pause. Answers the due that holds.
local function set_due(job, next, due)
  local is = redis.call('HMGET', job_key(job), 'state', 'restMin')
  if is[1] == 'active' and is[2] ~= '' and has_runs(job) then
    next, due = '', ''
  end
  redis.call('HSET', job_key(job), 'next', next)
  if due == '' then
    redis.call('ZREM', DUE, job)
  else
    redis.call('ZADD', DUE, due, job)
  end
  return due
end

-- Stops a job's occurrences for what became of its runs; what was to come stays for its resumption.
local function pause_job(job, tags, revision, reason, stamp)
  local next_revision = digits(revision + 1)
  redis.call('HSET', job_key(job), 'state', 'paused', 'rev', next_revision, 'updated', stamp,
    'pauseReason', reason, 'pauseSince', stamp, 'pauseUntil', '', 'failures', '0')
  redis.call('ZREM', state_key('active'), job)
  redis.call('ZADD', state_key('paused'), 0, job)
  redis.call('ZREM', DUE, job)
  tell('job.paused', job, tags, '', '', 'revision', next_revision, 'reason', reason)
  redis.call('PUBLISH', HINTS, 'job ' .. job .. ' ')
end

-- How often what is too old is taken out of a history, in ms; whoever reads it leaves that out.
local SWEEP_EACH = HISTORY_AGE / 100

-- Done before something is added, so that what is added stays.
-- swept: when it was done last
local function sweep_history(job, swept, stamp)
  if stamp - (swept or 0) < SWEEP_EACH then return end
  redis.call('XTRIM', history_key(job), 'MINID', '=', history_begin(stamp))
  redis.call('HSET', job_key(job), 'swept', stamp)
end

-- An ended run, a line each: id, record, end, attempts, and the reason, which may itself have lines.
local function write_ended(id, record, stamp, attempts, reason)
  return table.concat({ id, record, stamp, attempts, reason }, '\n')
end

local function read_ended(lines)
  local id, record, stamp, attempts, reason =
    string.match(lines, '^([^\n]*)\n([^\n]*)\n([^\n]*)\n([^\n]*)\n(.*)$')
  return { id = id, record = record, stamp = stamp, attempts = attempts, reason = reason }
end

-- An entry of a history: 'run' and the ended run, then for some 'missed' and how many occurrences it
-- stands for, or 'payload' and what it says.
local function add_to_history(job, ...)
  redis.call('XADD', history_key(job), 'MAXLEN', '=', HISTORY_KEPT, '*', 'run', ...)
end

-- Writes occurrences that did not happen into the history, as one run. Adjacent ones of one reason fold
-- into the latest, so that they never push out what did happen.
local function record_skip(job, tags, id, run, reason, count, stamp)
  run.state = 'skipped'
  local record = write_run(run)
  local missed = count
  sweep_history(job, redis.call('HGET', job_key(job), 'swept'), stamp)
  local latest = redis.call('XREVRANGE', history_key(job), '+', history_begin(stamp), 'COUNT', 1)[1]
  if latest and latest[2][3] == 'missed' and read_ended(latest[2][2]).reason == reason then
    missed = missed + latest[2][4]
    redis.call('XDEL', history_key(job), latest[1])
  end
  add_to_history(job, write_ended(id, record, stamp, '', reason), 'missed', digits(missed))
  redis.call('HINCRBY', job_key(job), 'skipped', count)
  tell('run.skipped', job, tags, id, record, 'reason', reason, 'finished', stamp,
    'missed', digits(count))
end

-- A job as the ends of its runs see it.
-- counter: of those that end as this one
local function job_at_end(job, counter)
  local is = redis.call('HMGET', job_key(job), 'tags', 'restMin', 'pauseAfter', 'swept', counter)
  return { tags = is[1], rests = is[2] ~= '', pause_after = is[3], swept = is[4], count = is[5] or 0 }
end

-- Pauses a job after too many failures in a row. Answers whether it did.
local function watch_failures(job, pause_after, state, stamp)
  local is = redis.call('HMGET', job_key(job), 'state', 'rev', 'tags', 'failures')
  local failures = state == 'failed' and is[4] + 1 or 0
  if state == 'failed' or (state == 'succeeded' and is[4] ~= '0') then
    redis.call('HSET', job_key(job), 'failures', digits(failures))
  end
  if failures < tonumber(pause_after) or is[1] ~= 'active' then return false end
  pause_job(job, is[3], is[2], digits(failures) .. ' failed runs in a row', stamp)
  return true
end

-- What the end of a run means for its job: a pause after too many failures in a row, or the next
-- occurrence of one that rests between its runs.
-- is: the job as job_at_end answers it
local function after_end(job, is, state, stamp)
  if is.pause_after ~= '' and watch_failures(job, is.pause_after, state, stamp) then return end
  if is.rests then
    forget_ended()
    rest(job, stamp)
  end
end

-- What it means that a receiver answered that it is gone.
local function after_gone(job, stamp)
  local is = redis.call('HMGET', job_key(job), 'state', 'rev', 'tags')
  if is[1] == 'active' then pause_job(job, is[3], is[2], 'gone', stamp) end
end

-- Ends a run that nobody has any more: into the history, out of everything else. To be followed by
-- promote.
local function end_run(id, run, state, reason, attempts, last_attempt, stamp)
  local job = job_of(id)
  local is = job_at_end(job, state)
  if not is.tags then
    -- Its job is no more, and there is nobody to tell.
    forget_later(id, run)
    return
  end
  run.state = state
  local record = write_run(run)
  local last_run = write_ended(id, record, stamp, attempts, reason)
  local payload = more_of(id, run, 'payload')
  sweep_history(job, is.swept, stamp)
  if payload then
    -- Redelivered, it says the same again.
    add_to_history(job, last_run, 'payload', payload)
  else
    add_to_history(job, last_run)
  end
  if state == 'cancelled' then
    redis.call('HSET', job_key(job), 'lastRun', last_run)
  else
    redis.call('HSET', job_key(job), 'lastRun', last_run, state, digits(is.count + 1))
  end
  if state == 'failed' then
    redis.call('XADD', FAILED, 'MAXLEN', '~', FAILURES_KEPT, '*', 'run', id)
  end
  tell('run.' .. state, job, is.tags, id, record,
    'reason', reason, 'finished', stamp, 'attempts', last_attempt)
  forget_later(id, run)
  -- A receiver may give any reason; only its answer tells that it is gone.
  if string.find(last_attempt, ',gone,', 1, true) then
    after_gone(job, stamp)
  else
    after_end(job, is, state, stamp)
  end
end

-- A run that was accepted and is skipped all the same, without an attempt, has not happened: an occurrence
-- gives back what it was counted as. One that waited for its redelivery has happened.
local function give_back(job, run, stamp)
  local trigger = trigger_of(run)
  read_body(run)
  if run.started == '0' and (trigger == 'schedule' or trigger == 'catch-up') then
    local accepted = redis.call('HINCRBY', job_key(job), 'accepted', -1)
    local is = redis.call('HMGET', job_key(job), 'state', 'rev', 'tags', 'maxRuns')
    if is[1] == 'completed' and accepted + 1 == tonumber(is[4]) then
      -- It was the last one that the job was to have; the leader computes the next one. Where the
      -- job had had more than it is to have by now, it still has had them all.
      reopen_job(job, is[3], is[2], stamp)
      return
    end
  end
  after_end(job, job_at_end(job, 'skipped'), 'skipped', stamp)
end

-- Ends a run whose guard said no. To be followed by promote.
local function skip_started(id, run, reason, stamp)
  local job = job_of(id)
  local key = job_key(job)
  redis.call('HINCRBY', key, 'started', -1)
  read_body(run)
  run.started = '0'
  write_body(run)
  record_skip(job, redis.call('HGET', key, 'tags'), id, run, reason, 1, stamp)
  forget_later(id, run)
  give_back(job, run, stamp)
end
