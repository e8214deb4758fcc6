-- How attempts begin, and which replica makes them.
--
-- KEYS     RUNS INFLIGHT
include 'runs'
include 'holding'

-- Ms from the last moment at which an owner may still be at work on an attempt to its deadline.
local MARGIN = 2000
-- How many records are read at once.
local PAGE = 500

-- An owner under whose token no claim hands over anything any more.
local function closed_key(owner) return PREFIX .. 'closed:' .. owner end

-- Begins an attempt of a run, and tells so. Answers the record of the run.
-- owner     replica and token
-- report    the token with which the receiver reports the completion, unless an earlier attempt drew one
-- queueing  how long the run may wait inside the replica, ms
local function begin_attempt(job, run, owner, report, queueing, at)
  if terms_of(job).reported == 1 then
    redis.call('HSETNX', run_key(run.id), 'token', report)
    run.more = 1
  end
  if run.started == 0 then
    run.started = at
    job.started = job.started + 1
    save(job)
  end
  run.state, run.owner, run.taken, run.attempt = 'running', owner, at, run.attempt + 1
  put(inflight, run.id, at + queueing + job.timeout + MARGIN)
  local record = save_run(run)
  tell_run('run.started', job, run, record)
  return record
end

-- Adds to a reply what a replica needs to deliver a run: id, record, the job's definition, payload (''
-- for none), the token with which its receiver reports ('' where it does not).
local function give(reply, run, record, definition)
  local kept = run.more == 1 and redis.call('HMGET', run_key(run.id), 'payload', 'token') or {}
  local n = #reply
  reply[n + 1], reply[n + 2], reply[n + 3] = run.id, record, definition
  reply[n + 4], reply[n + 5] = kept[1] or '', kept[2] or ''
end

-- Visits the runs that replicas own, soonest deadline first, until a visit answers false. Answers whether
-- that was all.
local function each_in_flight(visit)
  local ids = redis.call('ZRANGE', INFLIGHT, 0, -1)
  for from = 1, #ids, PAGE do
    local page = { unpack(ids, from, math.min(#ids, from + PAGE - 1)) }
    for n, record in ipairs(redis.call('HMGET', RUNS, unpack(page))) do
      local run = record and read_run(record)
      if run then
        run.id = page[n]
        if visit(run, record) == false then return false end
      end
    end
  end
  return true
end
