-- Pauses, resumes or completes a job, its definition untouched.
--
-- KEYS     PAUSES DEFINITIONS
-- ITEM     job       word    id; there is one item
--          revision  count   the revision that the caller saw
--          state     word    active | paused | completed
--          pause     text    the record of its pause; empty where it is not paused
--          at        millis  now, by the caller's clock
--          next      millis  the next occurrence, 0 for none; of no effect on a pause, which holds back
--                            what was to come
--          next_due  millis  the same with jitter, or the end of the pause; 0 for none
-- RETURNS  'done', its record as it stands now, its definition, its pause and its latest run; 'conflict'
--          when its revision is another; 'absent'
include 'drains'
include 'endings'

local EVENTS_BY_STATE = { active = 'job.resumed', paused = 'job.paused', completed = 'job.completed' }

local function change()
  local wanted = item(1)
  local job = job_at(wanted.job)
  if not job then return { 'absent' } end
  if job.revision ~= wanted.revision then return { 'conflict' } end
  check_state(job, wanted.state, terms_of(job))
  local was_paused = job.state == 'paused'
  new_revision(job, wanted.at)
  list(job, wanted.state, job.outcome)
  job.failures = 0
  if wanted.state == 'active' then job.resumed = wanted.at end
  set_pause(job, was_paused, wanted.pause)
  set_next(job, wanted.state == 'paused' and job.next or wanted.next, wanted.next_due)
  local pause = read_pause(wanted.pause)
  tell_job(EVENTS_BY_STATE[wanted.state], job, pause and pause.reason)
  hint_job(job, due_of(job))
  return { 'done', write_job(job), redis.call('HGET', DEFINITIONS, job.id), wanted.pause,
    latest_run(job.id) }
end

return conclude(change)
