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
    'type', type, 'job', job, 'tags', tags, 'run', run, 'record', record, ...)
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
  run.state = state
  local record = write_run(run)
  redis.call('HDEL', RUNS, id)
  redis.call('ZREM', active_key(job), id)
  redis.call('DEL', run_key(id))
  redis.call('XADD', history_key(job), 'MAXLEN', '=', HISTORY_KEPT, '*',
    'run', id, 'record', record, 'reason', reason, 'finished', at, 'attempts', attempts)
  redis.call('HSET', job_key(job), 'lastRun',
    table.concat({ id, record, reason, at, attempts }, '\n'))
  if state ~= 'cancelled' then
    redis.call('HINCRBY', job_key(job), state, 1)
  end
  tell('run.' .. state, job, redis.call('HGET', job_key(job), 'tags') or '', id, record,
    'reason', reason, 'finished', at, 'attempts', last_attempt)
end
