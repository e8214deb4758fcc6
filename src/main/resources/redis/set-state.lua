-- Pauses, resumes or completes a job, its definition untouched.
--
-- KEYS     PAUSES DEFINITIONS
-- ARGV     job       id
--          revision  the revision that the caller saw
--          state     active | paused | completed
--          pause     the record of its pause; '' where it is not paused
--          at        now, by the caller's clock, ms
--          next      the next occurrence, ms; '' for none
--          next_due  the same with jitter, or the end of the pause, ms; '' for none
-- RETURNS  'done', its record as it stands now, its definition and its latest run; 'conflict' when its
--          revision is another; 'absent'
include 'endings'

local EVENTS_BY_STATE = { active = 'job.resumed', paused = 'job.paused', completed = 'job.completed' }

local function change()
  local changed_job = job_at(job)
  if not changed_job then return { 'absent' } end
  if changed_job.revision ~= revision then return { 'conflict' } end
  local was_paused = changed_job.state == 'paused'
  new_revision(changed_job, at)
  list(changed_job, state, changed_job.outcome)
  changed_job.failures = '0'
  set_pause(changed_job, was_paused, pause)
  set_next(changed_job, next, next_due)
  local reason = string.match(pause, '\n(.*)$') or ''
  tell(EVENTS_BY_STATE[state], job, changed_job.tags, '', '', 'revision', changed_job.revision,
    'reason', reason)
  hint_job(changed_job, due_of(changed_job) or '')
  return { 'done', write_job(changed_job), redis.call('HGET', DEFINITIONS, job), latest_run(job) }
end

return conclude(change)
