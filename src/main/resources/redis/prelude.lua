-- Before every script. The names of the known keys (DUE, RUNS, ...), PREFIX and the settings
-- (HISTORY_KEPT, EVENTS_KEPT, ...) are set in the lines above this one.

local function job_key(job) return PREFIX .. 'job:' .. job end
local function run_key(id) return PREFIX .. 'run:' .. id end
local function wait_key(job) return PREFIX .. 'wait:' .. job end
local function history_key(job) return PREFIX .. 'history:' .. job end
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

-- What this script tells: of each event its type, job, tags, run and record, then names and values.
local told = {}

-- Tells an event, in the script that makes the change it tells of. More names and values may follow.
local function tell(type, job, tags, run, record, ...)
  told[#told + 1] = { type, job, tags or '', run, record, ... }
end

-- Of the id of an entry in the stream of events: when it was told, and which it is of all that ever were.
local function position_of(id)
  local at, count = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(at), tonumber(count)
end

-- The position of the event that was told last, also where the stream has lost it.
local function latest_position()
  local last = redis.call('XREVRANGE', EVENTS, '+', '-', 'COUNT', 1)[1]
  if last then return position_of(last[1]) end
  if redis.call('EXISTS', EVENTS) == 0 then return 0, 0 end
  local info = redis.call('XINFO', 'STREAM', EVENTS)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return position_of(info[i + 1]) end
  end
end

-- Takes the entries out of the stream of which not one event is among those that are kept.
local function forget_events(count)
  local from = '-'
  while from do
    local entries = redis.call('XRANGE', EVENTS, from, '+', 'COUNT', 4)
    from = nil
    for _, entry in ipairs(entries) do
      local _, last = position_of(entry[1])
      if last > count - EVENTS_KEPT then
        redis.call('XTRIM', EVENTS, 'MINID', '=', entry[1])
        return
      end
      from = '(' .. entry[1]
    end
  end
end

-- Writes what was told into the stream of events, one entry for many: each is a list in JSON. An entry's
-- id is the position of its last event, and those before it count back from there. Called once, behind
-- the script, also where that fails: what it had told by then is so.
local EVENTS_IN_ENTRY, EVENTS_BETWEEN_FORGETTING = 500, 1000
local function write_events()
  if #told == 0 then return end
  local at, count = latest_position()
  at = digits(math.max(at, now()))
  local before = count
  for from = 1, #told, EVENTS_IN_ENTRY do
    local entry = #told <= EVENTS_IN_ENTRY and told
      or { unpack(told, from, math.min(#told, from + EVENTS_IN_ENTRY - 1)) }
    count = count + #entry
    redis.call('XADD', EVENTS, at .. '-' .. digits(count), 'events', cjson.encode(entry))
  end
  if math.floor(count / EVENTS_BETWEEN_FORGETTING) > math.floor(before / EVENTS_BETWEEN_FORGETTING) then
    forget_events(count)
  end
end

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

local function new_run(state, trigger, scheduled, revision, slot)
  return { state = state, more = '0',
    body = '0|0|0|0|' .. slot .. '|' .. trigger .. '|' .. scheduled .. '|' .. revision }
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

-- Why somebody could not be served, which kept nobody else from it: behind the script, that is its answer.
local fault

-- Serves one of many. Answers whether it could.
local function try(serve, ...)
  local served, why = pcall(serve, ...)
  if not served then fault = fault or why end
  return served
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
    'maxRuns', 'limit', 'onLimit', 'maxQueue', 'place', 'caughtUp')
  return {
    id = id, state = is[1], revision = is[2], tags = is[3] or '', inc = is[4],
    last = tonumber(is[5] or nil), accepted = is[6], most = tonumber(is[7] or nil),
    limit = tonumber(is[8] or nil), on_limit = is[9], max_queue = tonumber(is[10] or nil),
    place = is[11], caught_up = is[12] or '0',
  }
end
