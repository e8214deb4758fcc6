-- Before every script. The names of the known keys (DUE, RUNS, ...), PREFIX and the settings
-- (HISTORY_KEPT, EVENTS_KEPT, ...) are set in the lines above this one.

local function job_key(job) return PREFIX .. 'job:' .. job end
local function run_key(id) return PREFIX .. 'run:' .. id end
local function active_key(job) return PREFIX .. 'active:' .. job end
local function wait_key(job) return PREFIX .. 'wait:' .. job end
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

-- The record of a run that nobody has taken yet.
local function new_run(state, trigger, scheduled, revision, stamp)
  return { state = state, trigger = trigger, scheduled = scheduled, revision = revision,
    attempt = 0, crashes = 0, accepted = stamp, started = '0', taken = '0' }
end

local function write_run(run)
  return table.concat({
    run.state, run.trigger, run.scheduled, run.revision, run.attempt, run.crashes,
    run.accepted, run.started, run.taken,
  }, '|')
end

-- Runs on a schedule have none.
local function may_have_payload(run) return run.trigger == 'manual' or run.trigger == 'event' end

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

-- A job as its runs see it.
local function job_at_run(id)
  local is = redis.call('HMGET', job_key(id), 'state', 'rev', 'tags', 'inc', 'last', 'accepted',
    'maxRuns', 'limit', 'onLimit', 'maxQueue', 'place', 'caughtUp')
  return {
    id = id, state = is[1], revision = is[2], tags = is[3] or '', inc = is[4],
    last = tonumber(is[5] or nil), accepted = is[6], most = tonumber(is[7] or nil),
    limit = tonumber(is[8] or nil), on_limit = is[9], max_queue = tonumber(is[10] or nil),
    place = is[11], caught_up = is[12] or '0',
  }
end
