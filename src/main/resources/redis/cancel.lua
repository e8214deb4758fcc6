-- Ends a run at once, whatever its state. Its owner learns by a hint, or when it finishes.
--
-- KEYS     RUNS
-- ARGV     run  id
-- RETURNS  1, or 0 when it has ended or never was
include 'drains'
include 'slots'

local function change()
  local cancelled = run_at(run)
  if not cancelled then return 0 end
  local at = now()
  local attempts, last = more_of(cancelled, 'attempts') or '', ''
  if cancelled.state == 'running' then
    last = cut_short(cancelled, at, 'cancelled')
    attempts = with_attempt(cancelled, last)
    redis.call('PUBLISH', HINTS, 'cancel ' .. run)
  end
  local job = job_at(job_of(run))
  leave_queues(job, run)
  if job then
    end_run(job, cancelled, 'cancelled', 'cancelled', attempts, last, false, at)
    promote({ job }, at)
  else
    forget_run(cancelled)
  end
  return 1
end

return conclude(change)
