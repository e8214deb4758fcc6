-- The history of a job: its ended runs, latest end first. Readers cut it to the number and the age that
-- are kept; here it is trimmed in strides.
include 'runs'

local function history_key(job_id) return PREFIX .. 'history:' .. job_id end

local HISTORY_STRIDE = math.max(1, math.floor(HISTORY_KEPT / 4))

-- Old runs trimmed with one addition; what is left waits for the next.
local MOST_AGED = 20

local function is_too_old(ended) return ended.finished < now() - HISTORY_AGE end

local function ended_of(job, run, state, reason, attempts, missed, payload, at)
  local ended = blank_ended()
  ended.suffix, ended.state, ended.trigger = string.sub(run.id, #job.id + 2), state, run.trigger
  ended.scheduled, ended.started, ended.finished = run.scheduled, run.started, at
  ended.attempt, ended.crashes, ended.revision = run.attempt, run.crashes, run.revision
  ended.missed, ended.attempts, ended.payload, ended.reason = missed, attempts, payload, reason
  return ended
end

local function trim(key, length)
  if length >= HISTORY_KEPT + HISTORY_STRIDE then
    redis.call('LTRIM', key, 0, HISTORY_KEPT - 1)
    length = HISTORY_KEPT
  end
  -- The entry that was just added stays.
  for _ = 1, math.min(MOST_AGED, length - 1) do
    local ended = read_ended(redis.call('LINDEX', key, -1))
    if ended and not is_too_old(ended) then return end
    redis.call('RPOP', key)
  end
end

-- Fails where the history is damaged, before anything is written.
local function check_history(job) redis.call('LLEN', history_key(job.id)) end

-- Looking at the oldest entry each time would cost as much as adding one.
local function add_to_history(job, ended)
  local key = history_key(job.id)
  local length = redis.call('LPUSH', key, write_ended(ended))
  if length % HISTORY_STRIDE == 0 or length >= HISTORY_KEPT + HISTORY_STRIDE then trim(key, length) end
end

-- A run of the history that is still kept, with its entry; nil where there is none.
local function find_ended(job_id, id)
  local entries = redis.call('LRANGE', history_key(job_id), 0, HISTORY_KEPT - 1)
  for _, entry in ipairs(entries) do
    local ended = read_ended(entry)
    if ended and job_id .. '_' .. ended.suffix == id and not is_too_old(ended) then
      return ended, entry
    end
  end
end

-- The entry of the latest run that ran; '' where there is none.
local function latest_run(job_id)
  local key = history_key(job_id)
  local latest = redis.call('LINDEX', key, 0)
  local ended = latest and read_ended(latest)
  if not latest or ended and ended.state ~= 'skipped' then return latest or '' end
  for _, entry in ipairs(redis.call('LRANGE', key, 1, HISTORY_KEPT - 1)) do
    ended = read_ended(entry)
    if ended and ended.state ~= 'skipped' then return entry end
  end
  return ''
end

local function remove_entry(job_id, entry) redis.call('LREM', history_key(job_id), 1, entry) end

-- Records occurrences that did not run, as one run. Adjacent ones of one reason fold into the latest, so
-- that they never push failures out.
local function record_skip(job, run, reason, count, at)
  local key, missed = history_key(job.id), count
  local latest = redis.call('LINDEX', key, 0)
  local ended = latest and read_ended(latest)
  local folds = ended and ended.missed > 0 and ended.reason == reason and not is_too_old(ended)
  if folds then missed = missed + ended.missed end
  run.state = 'skipped'
  local skipped = ended_of(job, run, 'skipped', reason, '', missed, '', at)
  if folds then
    redis.call('LSET', key, 0, write_ended(skipped))
  else
    add_to_history(job, skipped)
  end
  job.skipped = job.skipped + count
  save(job)
  tell_run('run.skipped', job, run, write_run(run), at, count, '', reason)
end
