-- What a run is, and what a job is to its runs. Part of every script.

-- A run's record, one string in the hash RUNS:
-- state|more|attempt|crashes|started|taken|slot|trigger|scheduled|revision|owner
-- more is 1 where there is something in run:<id>; owner is replica/token of who delivers it ('' for
-- nobody); all between is the body, which few need to read: started is when the first attempt began,
-- taken when the present one did (0: not yet), slot when it got its slots, in the order of coming (0: it
-- waits). What it came from, trigger, scheduled and revision, it has for life.
local function read_run(record)
  local state, more, body, owner = string.match(record, '^([^|]*)|([^|]*)|(.*)|([^|]*)$')
  return { state = state, more = more, body = body, owner = owner }
end

-- begun: when its first attempt begins, of one that never waits
local function new_run(state, trigger, scheduled, revision, slot, begun)
  local attempt = begun and '1|0|' .. begun .. '|' .. begun .. '|' or '0|0|0|0|'
  return { state = state, more = '0',
    body = attempt .. slot .. '|' .. trigger .. '|' .. scheduled .. '|' .. revision }
end

-- The record of a run that nobody delivers; an owner comes behind it. What is told of a run names none.
local function write_run(run) return run.state .. '|' .. run.more .. '|' .. run.body .. '|' end

-- Lets parts of the body be read, and written by write_body.
local function read_body(run)
  run.attempt, run.crashes, run.started, run.taken, run.slot, run.origin =
    string.match(run.body, '^([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|(.*)$')
end

local function write_body(run)
  run.body = run.attempt .. '|' .. run.crashes .. '|' .. run.started .. '|' .. run.taken .. '|'
    .. run.slot .. '|' .. run.origin
end

local function trigger_of(run) return string.match(run.body, '([^|]*)|[^|]*|[^|]*$') end

local function revision_of(run) return string.match(run.body, '[^|]*$') end

-- An attempt begins of a run that waited for it. Answers its record, more, and whether it is the first.
local function begin_attempt(record, stamp, has_more)
  local more, attempt, crashes, started, slot, origin = string.match(record,
    '^[^|]*|([^|]*)|([^|]*)|([^|]*)|([^|]*)|[^|]*|([^|]*)|(.*|)[^|]*$')
  local first = started == '0'
  if first then started = stamp end
  if has_more then more = '1' end
  return 'running|' .. more .. '|' .. attempt + 1 .. '|' .. crashes .. '|' .. started .. '|' .. stamp
    .. '|' .. slot .. '|' .. origin, more, first
end

-- Keeps what only some runs have: payload, attempts, token. The record is to be written after it.
local function keep_more(id, run, ...)
  redis.call('HSET', run_key(id), ...)
  run.more = '1'
end

-- Something that was kept so; nil where there is none.
local function more_of(id, run, field)
  return run.more == '1' and redis.call('HGET', run_key(id), field) or nil
end

-- An attempt's record: number,at,duration,status,error,next ('' where there is none). Here of the present
-- one, as it ends now without an answer.
local function cut_short(run, at, error)
  read_body(run)
  return table.concat({ run.attempt, run.taken, digits(at - run.taken), '', error, '' }, ',')
end

-- The attempts before the present one and the present one, oldest first, joined by ';'.
local function with_attempt(id, run, attempt)
  local past = more_of(id, run, 'attempts')
  return past and past .. ';' .. attempt or attempt
end

-- Runs that this script has ended, and the keys of what was kept of some besides the record.
local ended, ended_keys = {}, {}

local function forget_later(id, run)
  ended[#ended + 1] = id
  if run.more == '1' then ended_keys[#ended_keys + 1] = run_key(id) end
end

-- Takes the ended runs out of what the runs of all jobs are in: before anybody asks what is left there,
-- and behind the script, also where that fails.
local function forget_ended()
  if #ended == 0 then return end
  redis.call('HDEL', RUNS, unpack(ended))
  redis.call('ZREM', ACTIVE, unpack(ended))
  if #ended_keys > 0 then redis.call('DEL', unpack(ended_keys)) end
  ended, ended_keys = {}, {}
end

-- The runs of one job lie together in ACTIVE, where all have one score: behind its name and an
-- underscore, before its name and what follows an underscore.
local function first_of(job) return '[' .. job .. '_' end
local function behind_last_of(job) return '(' .. job .. '`' end

-- How many slots the runs of a job hold. One that waits for a slot of the scheduler has one of its job.
local function slots_of(job, place)
  local active = redis.call('ZLEXCOUNT', ACTIVE, first_of(job), behind_last_of(job))
  return (place or '') == '' and active or active + 1
end

-- A job as its runs see it.
local function job_at_run(id)
  local is = redis.call('HMGET', job_key(id), 'state', 'rev', 'tags', 'inc', 'last', 'accepted',
    'maxRuns', 'limit', 'onLimit', 'maxQueue', 'place', 'caughtUp', 'started', 'allowed',
    'reported')
  return {
    id = id, state = is[1], revision = is[2], tags = is[3] or '', inc = is[4],
    last = tonumber(is[5] or nil), accepted = is[6], most = tonumber(is[7] or nil),
    limit = tonumber(is[8] or nil), on_limit = is[9], max_queue = tonumber(is[10] or nil),
    place = is[11], caught_up = is[12] or '0', started = is[13] or '0', allowed = is[14],
    reported = is[15] == '1',
  }
end
