-- The unit of work of a script. Jobs and runs are read through it, many with one command; changes are
-- gathered while the script decides, and written at its end with commands that cannot fail.
--
-- KEYS     JOBS RUNS READY INFLIGHT AWAITING DUE
include 'events'

local function run_key(id) return PREFIX .. 'run:' .. id end

-- Lua passes at most some thousand arguments.
local MOST_ARGUMENTS = 4000

local function write_many(command, key, arguments)
  for from = 1, #arguments, MOST_ARGUMENTS do
    redis.call(command, key, unpack(arguments, from, math.min(#arguments, from + MOST_ARGUMENTS - 1)))
  end
end

-- Changes of one hash or sorted set: of each field or member the value or score it gets, false where it
-- is removed. The last change of a member counts.
local function changes_of(key, set, remove) return { key = key, set = set, remove = remove, by = {} } end

local runs = changes_of(RUNS, 'HSET', 'HDEL')
local ready = changes_of(READY, 'ZADD', 'ZREM')
local inflight = changes_of(INFLIGHT, 'ZADD', 'ZREM')
local awaiting = changes_of(AWAITING, 'ZADD', 'ZREM')
local due = changes_of(DUE, 'ZADD', 'ZREM')

-- Changes of a script's own, written before the job records: a job that is known has all its parts.
local parts_of_jobs = {}
local function write_with_jobs(changes)
  parts_of_jobs[#parts_of_jobs + 1] = changes
  return changes
end

local function put(changes, member, value) changes.by[member] = value end
local function take_out(changes, member) changes.by[member] = false end

local function write_changes(changes)
  local set, n, removed, gone = {}, 0, {}, 0
  local scores_first = changes.set == 'ZADD'
  for member, value in pairs(changes.by) do
    if not value then
      gone = gone + 1
      removed[gone] = member
    else
      if scores_first then
        set[n + 1], set[n + 2] = value, member
      else
        set[n + 1], set[n + 2] = member, value
      end
      n = n + 2
    end
  end
  write_many(changes.set, changes.key, set)
  write_many(changes.remove, changes.key, removed)
end

-- Jobs that this script has read, by id; false where there is none.
local jobs_read = {}
local changed, changed_jobs = {}, {}

-- Reads jobs ahead with one command, for `job_at`.
local function read_jobs(ids)
  local unread, asked = {}, {}
  for _, id in ipairs(ids) do
    if jobs_read[id] == nil and not asked[id] then
      asked[id] = true
      unread[#unread + 1] = id
    end
  end
  if #unread == 0 then return end
  local records = redis.call('HMGET', JOBS, unpack(unread))
  for n, id in ipairs(unread) do
    local job = records[n] and read_job(records[n])
    if job then job.id = id end
    jobs_read[id] = job or false
  end
end

-- A job as this script has changed it so far; nil where there is none.
local function job_at(id)
  if jobs_read[id] == nil then read_jobs({ id }) end
  return jobs_read[id] or nil
end

-- Has a job written at the end of the script.
local function save(job)
  if not changed[job.id] then
    changed[job.id] = true
    changed_jobs[#changed_jobs + 1] = job.id
  end
end

-- Adds a job that was not there.
local function add_job(job)
  jobs_read[job.id] = job
  save(job)
end

local function remove_job(job) jobs_read[job.id] = false end

local function write_jobs()
  local set, removed = {}, {}
  for _, id in ipairs(changed_jobs) do
    local job = jobs_read[id]
    if job then
      local n = #set
      set[n + 1], set[n + 2] = id, write_job(job)
    else
      removed[#removed + 1] = id
    end
  end
  write_many('HSET', JOBS, set)
  write_many('HDEL', JOBS, removed)
end

-- What the scripts obey of the definition of most jobs, besides the timeout.
local function new_terms()
  local terms = blank_terms()
  terms.max_queue = DEFAULT_MAX_QUEUE
  return terms
end
local NO_TERMS = new_terms()

local function terms_of(job)
  if job.terms == '' then return NO_TERMS end
  if not job.read_terms then
    local terms = read_terms(job.terms) or NO_TERMS
    if terms.limit == 0 then terms.max_queue = DEFAULT_MAX_QUEUE end
    job.read_terms = terms
  end
  return job.read_terms
end

-- The record of a run, as this script has changed it so far; nil where there is none.
local function record_of(id)
  local record = runs.by[id]
  if record == nil then record = redis.call('HGET', RUNS, id) end
  return record or nil
end

-- A run that is under way; nil where there is none, or one that cannot be read.
local function run_at(id)
  local record = record_of(id)
  local run = record and read_run(record)
  if run then run.id = id end
  return run
end

local function write_ledger()
  write_changes(runs)
  write_changes(inflight)
  write_changes(ready)
  write_changes(awaiting)
  for _, changes in ipairs(parts_of_jobs) do write_changes(changes) end
  write_jobs()
  -- Last: while a job is still due under its old instant, a repeated claim finds what was done.
  write_changes(due)
end

-- Makes a change and writes it, whatever became of it: what was decided before an error holds.
local function conclude(change)
  local done, answer = pcall(change)
  write_ledger()
  write_events()
  if not done then error(answer, 0) end
  if fault then error(fault, 0) end
  return answer
end
