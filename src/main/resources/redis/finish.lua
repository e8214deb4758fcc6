-- with: endings slots
-- Records how attempts ended, for the replica that took the runs.
-- ARGV    replica, then of each run: id, token, what (retry | back | awaiting-completion | the state it
--         ends in), reason, the attempt's record without the instant of the next, ms until that one or
--         until the completion is overdue
-- Returns of each run 1, 0 where it is no longer the caller's, or why it could not be recorded: then it is
--         offered again at its deadline, as one whose replica died
local replica = ARGV[1]
local FIELDS = 6
local at = now()
local stamp = digits(at)

local ids = {}
for i = 2, #ARGV, FIELDS do ids[#ids + 1] = ARGV[i] end
local records = redis.call('HMGET', RUNS, unpack(ids))

local replies, mine = {}, {}
for n, id in ipairs(ids) do
  local i = 2 + (n - 1) * FIELDS
  local run = records[n] and read_run(records[n])
  local owned = run and run.owner == replica .. '/' .. ARGV[i + 1]
  replies[n] = owned and 1 or 0
  if owned and not mine[id] then
    mine[id] = true
    mine[#mine + 1] = { id = id, n = n, i = i, run = run }
  end
end
if #mine == 0 then return replies end

local offered, jobs = false, {}

-- The run goes on later, its attempt so far kept.
local function go_on(id, run, state, attempt, ...)
  local job = job_of(id)
  run.state = state
  keep_more(id, run, 'attempts', with_attempt(id, run, attempt))
  local record = write_run(run)
  redis.call('HSET', RUNS, id, record)
  tell('run.' .. state, job, redis.call('HGET', job_key(job), 'tags'), id, record,
    'attempts', attempt, ...)
end

local function record(item)
  local id, i, run = item.id, item.i, item.run
  local what, reason, attempt, delay = ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]
  if what == 'back' then
    run.state = 'ready'
    read_body(run)
    run.attempt = run.attempt - 1
    write_body(run)
    redis.call('HSET', RUNS, id, write_run(run))
    redis.call('ZADD', READY, stamp, id)
    offered = true
  elseif what == 'retry' then
    local next = digits(at + delay)
    go_on(id, run, 'retrying', attempt .. next, 'reason', reason)
    redis.call('ZADD', READY, next, id)
    offered = true
  elseif what == 'awaiting-completion' then
    go_on(id, run, what, attempt)
    redis.call('ZADD', AWAITING, digits(at + delay), id)
  elseif what == 'skipped' then
    skip_started(id, run, reason, stamp)
    jobs[#jobs + 1] = job_of(id)
  else
    end_run(id, run, what, reason, with_attempt(id, run, attempt), attempt, stamp)
    jobs[#jobs + 1] = job_of(id)
  end
end
local recorded = {}
for _, item in ipairs(mine) do
  if try(record, item) then
    recorded[#recorded + 1] = item.id
  else
    replies[item.n] = type(fault) == 'table' and fault.err or fault
  end
end
-- Where nothing could be recorded, that is the answer for all.
if #recorded == 0 then return replies end
fault = nil
redis.call('ZREM', INFLIGHT, unpack(recorded))
if #jobs > 0 then promote(jobs, stamp) end
if offered then redis.call('PUBLISH', HINTS, 'ready') end
return replies
