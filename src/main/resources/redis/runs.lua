-- Runs that are under way: their records, and what only some of them have besides.
--
-- KEYS     RUNS
include 'ledger'

local function new_run(id, trigger, scheduled, revision)
  local run = blank_run()
  run.id, run.state, run.trigger = id, 'ready', trigger
  run.scheduled, run.revision = scheduled, revision
  return run
end

-- Payload, earlier attempts and report token are in `run:<id>`, for the runs that have any.
local function keep_more(run, ...)
  redis.call('HSET', run_key(run.id), ...)
  run.more = 1
end

-- Something that is kept so; nil where there is none.
local function more_of(run, field)
  return run.more == 1 and redis.call('HGET', run_key(run.id), field) or nil
end

-- Has a run written at the end of the script. Answers its record.
local function save_run(run)
  local record = write_run(run)
  put(runs, run.id, record)
  return record
end

-- The present attempt as it ends now without an answer:
-- number,at,duration,status,error,next, each '' where there is none.
local function cut_short(run, at, error)
  return table.concat({ run.attempt, digits(run.taken), digits(at - run.taken), '', error, '' }, ',')
end

-- The attempts before the present one and the present one, oldest first, joined by ';'.
local function with_attempt(run, attempt)
  local past = more_of(run, 'attempts')
  return past and past .. ';' .. attempt or attempt
end

-- Takes a run that ended, or was dropped, out of the runs under way.
local function forget_run(run)
  take_out(runs, run.id)
  if run.more == 1 then redis.call('DEL', run_key(run.id)) end
end
