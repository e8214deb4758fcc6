-- Ends a run at once, whatever its state. Its owner learns by a hint, or when it finishes.
--
-- KEYS     RUNS
-- ARGV     run_id
-- RETURNS  1, or 0 when it has ended or never was
include 'drains'
include 'slots'

local function change()
  local run = run_at(run_id)
  if not run then return 0 end
  local at = now()
  local attempts, last = more_of(run, 'attempts') or '', ''
  if run.state == 'running' then
    last = cut_short(run, at, reason 'cancelled')
    attempts = with_attempt(run, last)
    redis.call('PUBLISH', HINTS, 'cancel ' .. run_id)
  end
  local job = job_at(job_of(run_id))
  leave_queues(job, run_id)
  if job then
    end_run(job, run, 'cancelled', reason 'cancelled', attempts, last, false, at)
    promote({ job }, at)
  else
    forget_run(run)
  end
  return 1
end

return conclude(change)
