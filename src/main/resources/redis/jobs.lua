-- A job's state, its due instant and the lists that it is in.
--
-- KEYS     PAUSES DUE DISPLACED
include 'holding'
include 'lists'

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

-- Sets the instant at which a job is due, 0 for none; its state and its next occurrence are set before.
-- Where that instant is not its next occurrence, DISPLACED says when that is.
local function set_due_at(job, instant)
  put(due, job.id, instant > 0 and instant)
  local next_run = job.state == 'active' and job.next or 0
  if instant > 0 and instant ~= next_run then
    redis.call('ZADD', DISPLACED, next_run > 0 and digits(next_run) or 'inf', job.id)
    job.displaced = 1
  elseif job.displaced == 1 then
    redis.call('ZREM', DISPLACED, job.id)
    job.displaced = 0
  end
end

-- When a job is due, as this script has changed it so far; 0 where it is not.
local function due_of(job)
  local instant = due.by[job.id]
  if instant == nil then instant = redis.call('ZSCORE', DUE, job.id) end
  return instant and tonumber(instant) or 0
end

local function hint_job(job, instant)
  redis.call('PUBLISH', HINTS, 'job ' .. job.id .. ' ' .. (instant > 0 and digits(instant) or ''))
end

local function has_runs(job)
  return count_holding(job) > 0 or job.at_scheduler ~= '' or redis.call('ZCARD', wait_key(job.id)) > 0
end

-- Fail where an index is damaged that a change is about to write: called before its first write, so that
-- what fails leaves nothing behind.
local function check_tags(tags)
  for tag in string.gmatch(tags, '%S+') do redis.call('ZCARD', tag_key(tag)) end
end
local function check_state(job, state, terms)
  if job.state ~= '' then redis.call('ZCARD', listed_key(job.state, job.outcome)) end
  if job.state ~= state then redis.call('ZCARD', listed_key(state, job.outcome)) end
  if terms.rests == 1 then has_runs(job) end
end

-- Sets a job's next occurrence and the instant at which it is due. A job that rests after its runs has
-- nothing due while a run is under way, except the end of its pause.
local function set_next(job, next, instant)
  if job.state == 'active' and terms_of(job).rests == 1 and has_runs(job) then
    next, instant = 0, 0
  end
  job.next = next
  save(job)
  set_due_at(job, instant)
end

-- pause: the record of the pause; '' where the job is not paused
local function set_pause(job, was_paused, pause)
  if pause ~= '' then
    redis.call('HSET', PAUSES, job.id, pause)
  elseif was_paused then
    redis.call('HDEL', PAUSES, job.id)
  end
end

local function new_revision(job, at)
  job.revision, job.updated = job.revision + 1, at
  save(job)
end

-- Completes a job: it has no occurrence left.
local function complete_job(job, at)
  list(job, 'completed', job.outcome)
  new_revision(job, at)
  job.next = 0
  set_due_at(job, 0)
  tell_job('job.completed', job)
end

-- Makes a completed job active again: due at once, for the leader to compute its next occurrence.
local function reopen_job(job, at)
  list(job, 'active', job.outcome)
  new_revision(job, at)
  set_due_at(job, at)
  tell_job('job.updated', job)
  hint_job(job, at)
end

-- Pauses a job because of what became of its runs; what was to come stays for its resumption.
local function pause_job(job, reason, at)
  list(job, 'paused', job.outcome)
  new_revision(job, at)
  job.failures = 0
  local pause = blank_pause()
  pause.since, pause.reason = at, reason
  redis.call('HSET', PAUSES, job.id, write_pause(pause))
  set_due_at(job, 0)
  tell_job('job.paused', job, reason)
  hint_job(job, 0)
end
