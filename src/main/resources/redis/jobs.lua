-- A job's state, its due instant and the lists that it is in.
--
-- KEYS     PAUSES DUE
include 'holding'

local function listed_key(state, outcome) return PREFIX .. 'listed:' .. state .. ':' .. outcome end
local function tag_key(tag) return PREFIX .. 'tag:' .. tag end
local function wait_key(job_id) return PREFIX .. 'wait:' .. job_id end

-- The state and the last outcome of a job decide in which list it is.
local function list(job, state, outcome)
  if job.state ~= state or job.outcome ~= outcome then
    if job.state ~= '' then redis.call('ZREM', listed_key(job.state, job.outcome), job.id) end
    redis.call('ZADD', listed_key(state, outcome), 0, job.id)
    job.state, job.outcome = state, outcome
    save(job)
  end
end

local function set_due_at(job, instant)
  if instant == '' then take_out(due, job.id) else put(due, job.id, instant) end
end

local function due_of(job)
  local instant = due.by[job.id]
  if instant == nil then instant = redis.call('ZSCORE', DUE, job.id) end
  return instant or nil
end

local function hint_job(job, instant) redis.call('PUBLISH', HINTS, 'job ' .. job.id .. ' ' .. instant) end

local function has_runs(job)
  return count_holding(job) > 0 or job.at_scheduler ~= '' or redis.call('ZCARD', wait_key(job.id)) > 0
end

-- Sets a job's next occurrence and the instant at which it is due. A job that rests after its runs has
-- nothing due while a run is under way, except the end of its pause.
local function set_next(job, next, instant)
  if job.state == 'active' and terms_of(job).rest_least ~= '' and has_runs(job) then
    next, instant = '', ''
  end
  job.next = next
  save(job)
  set_due_at(job, instant)
end

-- pause: the record of the pause and its reason; '' where the job is not paused
local function set_pause(job, was_paused, pause)
  if pause ~= '' then
    redis.call('HSET', PAUSES, job.id, pause)
  elseif was_paused then
    redis.call('HDEL', PAUSES, job.id)
  end
end

local function new_revision(job, stamp)
  job.revision, job.updated = digits(job.revision + 1), stamp
  save(job)
end

-- Completes a job: it has no occurrence left.
local function complete_job(job, stamp)
  list(job, 'completed', job.outcome)
  new_revision(job, stamp)
  job.next = ''
  set_due_at(job, '')
  tell('job.completed', job.id, job.tags, '', '', 'revision', job.revision)
end

-- Makes a completed job active again: due at once, for the leader to compute its next occurrence.
local function reopen_job(job, stamp)
  list(job, 'active', job.outcome)
  new_revision(job, stamp)
  set_due_at(job, stamp)
  tell('job.updated', job.id, job.tags, '', '', 'revision', job.revision)
  hint_job(job, stamp)
end

-- Pauses a job because of what became of its runs.
local function pause_job(job, reason, stamp)
  list(job, 'paused', job.outcome)
  new_revision(job, stamp)
  job.next, job.failures = '', '0'
  redis.call('HSET', PAUSES, job.id, write_pause({ since = stamp, resumes_at = '' }) .. '\n' .. reason)
  set_due_at(job, '')
  tell('job.paused', job.id, job.tags, '', '', 'revision', job.revision, 'reason', reason)
  hint_job(job, '')
end
