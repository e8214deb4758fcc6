-- Before every script. The names of the known keys (DUE, RUNS, ...), PREFIX and the settings
-- (HISTORY_KEPT, EVENTS_KEPT, ...) are set in the lines above this one.

local function job_key(job) return PREFIX .. 'job:' .. job end
local function run_key(id) return PREFIX .. 'run:' .. id end
local function active_key(job) return PREFIX .. 'active:' .. job end
local function history_key(job) return PREFIX .. 'history:' .. job end
local function owned_key(replica) return PREFIX .. 'owned:' .. replica end
local function taken_key(replica) return PREFIX .. 'taken:' .. replica end
local function tag_key(tag) return PREFIX .. 'tag:' .. tag end
local function state_key(state) return PREFIX .. 'state:' .. state end

-- Job ids have no underscore, so a run id tells its job.
local function job_of(id) return string.match(id, '^([^_]+)_') end

-- Lua prints large numbers with an exponent; Redis wants digits.
local function digits(number) return string.format('%.0f', number) end

-- Redis' own time in ms: not-before times, deadlines and epochs are always this.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Tells an event, in the script that makes the change it tells of. More field-value pairs may follow.
local function tell(type, job, tags, run, record, ...)
  redis.call('XADD', EVENTS, 'MAXLEN', '~', EVENTS_KEPT, '*',
    'type', type, 'job', job, 'tags', tags or '', 'run', run, 'record', record, ...)
end

-- A run's record, one string in the hash RUNS:
-- state|trigger|scheduled|revision|attempt|crashes|accepted|started|taken
-- where started is when the first attempt began, taken when the present one did (0: not yet).
local function read_run(record)
  local state, trigger, scheduled, revision, attempt, crashes, accepted, started, taken =
    string.match(record, '^(.-)|(.-)|(.-)|(.-)|(.-)|(.-)|(.-)|(.-)|(.-)$')
  return {
    state = state, trigger = trigger, scheduled = scheduled, revision = revision,
    attempt = tonumber(attempt), crashes = tonumber(crashes),
    accepted = accepted, started = started, taken = taken,
  }
end

local function write_run(run)
  return table.concat({
    run.state, run.trigger, run.scheduled, run.revision, run.attempt, run.crashes,
    run.accepted, run.started, run.taken,
  }, '|')
end

-- An attempt's record: number,at,duration,status,error,next ('' where there is none).
local function write_attempt(number, at, duration, status, error, next)
  return table.concat({ number, at, duration, status, error, next }, ',')
end

-- The attempts before the present one, oldest first, joined by ';'.
local function past_attempts(id, run)
  return run.attempt > 1 and redis.call('HGET', run_key(id), 'attempts') or nil
end

local function with_attempt(past, attempt)
  return past and past .. ';' .. attempt or attempt
end

-- A number from 0 to below - 1, drawn from the clock's microseconds. What is drawn here is written by
-- the same script, so a repeat does not draw again.
local function draw(below)
  local micros = redis.call('TIME')[2]
  return math.floor((micros * 2654435761) % 4294967296 / 4294967296 * below)
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

-- Some jobs rest between the end of a run and the next occurrence: they have nothing due while a run
-- lives, and whatever ends the last one calls this.
-- is: the job's state, rev, tags, restMin, restMax, endAt, jitter
local function rest(job, is, at)
  if is[1] ~= 'active' or redis.call('ZCARD', active_key(job)) > 0
    or redis.call('ZSCORE', DUE, job) then return end
  local next = at + is[4] + draw(is[5] - is[4])
  if is[6] ~= '' and next >= tonumber(is[6]) then
    complete_job(job, is[3], is[2], digits(at))
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
  if is[1] == 'active' and is[2] ~= '' and redis.call('ZCARD', active_key(job)) > 0 then
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

-- Takes a run from the replica that has it.
local function disown(id)
  local owner = redis.call('HGET', OWNER, id)
  if owner then
    redis.call('SREM', owned_key(string.match(owner, '^(.-)/')), id)
    redis.call('HDEL', OWNER, id)
  end
  redis.call('ZREM', INFLIGHT, id)
end

-- Ends a run that nobody has any more: into the history, out of everything else.
local function end_run(id, run, state, reason, attempts, last_attempt, at)
  local job = job_of(id)
  local key = job_key(job)
  local stamp = digits(at)
  run.state = state
  local record = write_run(run)
  redis.call('HDEL', RUNS, id)
  redis.call('ZREM', active_key(job), id)
  redis.call('DEL', run_key(id))
  redis.call('XADD', history_key(job), 'MAXLEN', '=', HISTORY_KEPT, '*',
    'run', id, 'record', record, 'reason', reason, 'finished', stamp, 'attempts', attempts)
  redis.call('HSET', key, 'lastRun', table.concat({ id, record, reason, stamp, attempts }, '\n'))
  if state ~= 'cancelled' then redis.call('HINCRBY', key, state, 1) end
  local is = redis.call('HMGET', key, 'state', 'rev', 'tags', 'restMin', 'restMax', 'endAt', 'jitter')
  tell('run.' .. state, job, is[3], id, record,
    'reason', reason, 'finished', stamp, 'attempts', last_attempt)
  if is[4] ~= '' then rest(job, is, at) end
end
