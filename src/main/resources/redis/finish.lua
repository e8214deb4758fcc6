-- Records how attempts ended, for the replica that took the runs.
-- ARGV    replica, then of each run: id, token, what (retry | back | the state it ends in), reason,
--         and of the attempt: number, at, duration, status, error; delay of the next one in ms
-- Returns of each run 1, or 0 where it is no longer the caller's
local replica = ARGV[1]
local at = now()
local stamp = digits(at)

local ids = {}
for i = 2, #ARGV, 10 do ids[#ids + 1] = ARGV[i] end
local owners = redis.call('HMGET', OWNER, unpack(ids))
local records = redis.call('HMGET', RUNS, unpack(ids))

local replies, mine = {}, {}
for n, id in ipairs(ids) do
  local i = n * 10 - 8
  local owned = records[n] and owners[n] == replica .. '/' .. ARGV[i + 1]
  replies[n] = owned and 1 or 0
  if owned and not mine[id] then
    mine[id] = true
    mine[#mine + 1] = { id = id, i = i, run = read_run(records[n]) }
  end
end
if #mine == 0 then return replies end

local gone = {}
for _, item in ipairs(mine) do gone[#gone + 1] = item.id end
redis.call('HDEL', OWNER, unpack(gone))
redis.call('ZREM', INFLIGHT, unpack(gone))
redis.call('SREM', owned_key(replica), unpack(gone))

local offered = false
for _, item in ipairs(mine) do
  local id, i, run = item.id, item.i, item.run
  local what, reason = ARGV[i + 2], ARGV[i + 3]
  if what == 'back' then
    run.state = 'ready'
    run.attempt = run.attempt - 1
    redis.call('HSET', RUNS, id, write_run(run))
    redis.call('ZADD', READY, stamp, id)
    offered = true
  elseif what == 'retry' then
    local next = digits(at + ARGV[i + 9])
    local attempt = write_attempt(ARGV[i + 4], ARGV[i + 5], ARGV[i + 6], ARGV[i + 7], ARGV[i + 8], next)
    run.state = 'retrying'
    local record = write_run(run)
    redis.call('HSET', RUNS, id, record)
    redis.call('HSET', run_key(id), 'attempts', with_attempt(past_attempts(id, run), attempt))
    redis.call('ZADD', READY, next, id)
    offered = true
    local job = job_of(id)
    tell('run.retrying', job, redis.call('HGET', job_key(job), 'tags') or '', id, record,
      'reason', reason, 'attempts', attempt)
  else
    local attempt = write_attempt(ARGV[i + 4], ARGV[i + 5], ARGV[i + 6], ARGV[i + 7], ARGV[i + 8], '')
    end_run(id, run, what, reason, with_attempt(past_attempts(id, run), attempt), attempt, at)
  end
end
if offered then redis.call('PUBLISH', HINTS, 'ready') end
return replies
