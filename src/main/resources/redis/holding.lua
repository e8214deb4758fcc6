-- Slots: which runs of a job hold one. A run holds its slots, one of its job and one of the scheduler,
-- from its acceptance to its end. No slot lapses by time and none is counted: a job's record names its
-- runs, and where they are many, a set of its own does.
--
-- KEYS     RUNS QUEUED
include 'ledger'

local IN_A_SET = '*'
local MOST_IN_RECORD = 16

local function holding_key(job_id) return PREFIX .. 'holding:' .. job_id end

-- A run's name within its job: its id without the job's.
local function suffix_of(job, id) return string.sub(id, #job.id + 2) end

-- How many runs of a job hold both slots.
local function count_holding(job)
  if job.holding == '' then return 0 end
  if job.holding == IN_A_SET then return redis.call('SCARD', holding_key(job.id)) end
  local _, spaces = string.gsub(job.holding, ' ', ' ')
  return spaces + 1
end

-- The ids of the runs of a job that hold both slots, in their order.
local function ids_holding(job)
  local ids = {}
  if job.holding == IN_A_SET then
    for _, suffix in ipairs(redis.call('SMEMBERS', holding_key(job.id))) do
      ids[#ids + 1] = job.id .. '_' .. suffix
    end
  else
    for suffix in string.gmatch(job.holding, '%S+') do ids[#ids + 1] = job.id .. '_' .. suffix end
  end
  table.sort(ids)
  return ids
end

local function is_holding(job, id)
  local suffix = suffix_of(job, id)
  if job.holding == IN_A_SET then
    return redis.call('SISMEMBER', holding_key(job.id), suffix) == 1
  end
  return string.find(' ' .. job.holding .. ' ', ' ' .. suffix .. ' ', 1, true) ~= nil
end

-- Runs of all jobs that hold slots, that is all but the queued ones, as this script has changed them so
-- far. Asked at once: later the two answers would be of different moments.
local holding_in_all = redis.call('HLEN', RUNS) - redis.call('ZCARD', QUEUED)

local function hold(job, id)
  holding_in_all = holding_in_all + 1
  local suffix = suffix_of(job, id)
  if job.holding == IN_A_SET then
    redis.call('SADD', holding_key(job.id), suffix)
  elseif job.holding == '' then
    job.holding = suffix
  elseif count_holding(job) < MOST_IN_RECORD then
    job.holding = job.holding .. ' ' .. suffix
  else
    for known in string.gmatch(job.holding, '%S+') do
      redis.call('SADD', holding_key(job.id), known)
    end
    redis.call('SADD', holding_key(job.id), suffix)
    job.holding = IN_A_SET
  end
  save(job)
end

-- Gives back the slots of a run that ended.
local function release(job, id)
  holding_in_all = holding_in_all - 1
  local suffix = suffix_of(job, id)
  if job.holding == suffix then
    job.holding = ''
  elseif job.holding == IN_A_SET then
    redis.call('SREM', holding_key(job.id), suffix)
    if redis.call('EXISTS', holding_key(job.id)) == 0 then job.holding = '' end
  else
    local rest = {}
    for known in string.gmatch(job.holding, '%S+') do
      if known ~= suffix then rest[#rest + 1] = known end
    end
    job.holding = table.concat(rest, ' ')
  end
  save(job)
end
