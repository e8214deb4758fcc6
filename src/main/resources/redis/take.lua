-- Gives ready runs to a replica, each with its job's definition as it stands now. Asked again with the
-- same token, it gives what the replica still owns under that token, so a lost reply loses no run.
--
-- KEYS     RUNS READY INFLIGHT DEFINITIONS
-- ARGV     replica   the asking replica
--          token     drawn for this request, the same when it is repeated
--          most      how many runs at most
--          queueing  how long a run may wait inside the replica, ms
-- RETURNS  ms until the next run becomes ready (-1: none is known), then of each run: id, record, the
--          job's definition, payload ('' for none), the token with which its receiver reports its
--          completion ('' where it does not)
include 'drains'
include 'attempts'

local FORGOTTEN_AFTER = 3600

local function taken_key(name) return PREFIX .. 'taken:' .. name end

local function until_next()
  local first = redis.call('ZRANGE', READY, 0, 0, 'WITHSCORES')
  return first[2] and math.max(0, math.ceil(first[2] - now())) or -1
end

local function change()
  local owner = replica .. '/' .. token
  local at = now()
  local reply = {}

  local before = redis.call('GET', taken_key(replica))
  if before and string.match(before, '^(%S+)') == token then
    for id in string.gmatch(before, ' (%S+)') do
      local run = run_at(id)
      if run and run.owner == owner then
        give(reply, run, record_of(id), redis.call('HGET', DEFINITIONS, job_of(id)))
      end
    end
    return { until_next(), unpack(reply) }
  end

  local ids = redis.call('ZRANGEBYSCORE', READY, '-inf', at, 'LIMIT', 0, most)
  if #ids == 0 then return { until_next() } end
  local job_ids, taken = {}, { token }
  for n, id in ipairs(ids) do job_ids[n] = job_of(id) end
  read_jobs(job_ids)
  local records = redis.call('HMGET', RUNS, unpack(ids))
  local definitions = redis.call('HMGET', DEFINITIONS, unpack(job_ids))

  local function deliver(n, id)
    local job, run = job_at(job_ids[n]), read_run(records[n])
    run.id = id
    local record = begin_attempt(job, run, owner, token .. '.' .. n, queueing, at)
    give(reply, run, record, definitions[n])
    taken[#taken + 1] = id
  end
  for n, id in ipairs(ids) do
    take_out(ready, id)
    if records[n] and job_at(job_ids[n]) and definitions[n] then try(deliver, n, id) end
  end
  -- A run that cannot be given keeps no other from being delivered.
  fault = nil
  if #taken > 1 then
    redis.call('SET', taken_key(replica), table.concat(taken, ' '), 'EX', FORGOTTEN_AFTER)
  end
  write_ledger()
  return { until_next(), unpack(reply) }
end

return conclude(change)
