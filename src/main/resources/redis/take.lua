-- with: attempts
-- Gives ready runs to a replica, each with the definition as it stands now. Asked again with the same
-- token, it gives what the replica still owns under that token, so a lost reply loses no run.
-- ARGV    replica, token, how many at most, ms that a run may wait inside the replica
-- Returns ms until the next run becomes ready (-1: none is known), then of each run: id, record,
--         the job's definition, payload ('' for none), the token under which its receiver reports
--         ('' where it does not)
local replica, token, most, queueing = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local at = now()
local stamp = digits(at)
local owner = replica .. '/' .. token

local function until_next()
  local first = redis.call('ZRANGE', READY, 0, 0, 'WITHSCORES')
  return first[2] and math.max(0, math.ceil(first[2] - at)) or -1
end

local before = redis.call('GET', taken_key(replica))
if before and string.match(before, '^(%S+)') == token then
  local reply = {}
  for id in string.gmatch(before, ' (%S+)') do
    local record = redis.call('HGET', RUNS, id)
    local run = record and read_run(record)
    if run and run.owner == owner then
      give(reply, id, record, redis.call('HGET', job_key(job_of(id)), 'def'), run.more)
    end
  end
  return { until_next(), unpack(reply) }
end

local ids = redis.call('ZRANGEBYSCORE', READY, '-inf', stamp, 'LIMIT', 0, most)
if #ids == 0 then return { until_next() } end
local records = redis.call('HMGET', RUNS, unpack(ids))
local reply, taken = {}, { token }
for n, id in ipairs(ids) do
  local name = job_of(id)
  -- What cannot be read of one job keeps no other from being delivered.
  local job = redis.pcall('HMGET', job_key(name), 'def', 'tags', 'allowed', 'reported')
  if records[n] and job[1] then
    local reported = job[4] == '1'
    if reported then redis.call('HSETNX', run_key(id), 'token', token .. '.' .. n) end
    local record, more, first = begin_attempt(records[n], stamp, reported)
    if first then redis.call('HINCRBY', job_key(name), 'started', 1) end
    hand_to(owner, id, record, name, job[2], job[3], at + queueing)
    taken[#taken + 1] = id
    give(reply, id, record, job[1], more)
  end
end
if #taken > 1 then
  write_begun()
  redis.call('SET', taken_key(replica), table.concat(taken, ' '), 'EX', 3600)
end
redis.call('ZREM', READY, unpack(ids))
return { until_next(), unpack(reply) }
