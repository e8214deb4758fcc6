-- Takes a receiver's report of how its work ended; it may come before the receiver's answer.
--
-- KEYS     RUNS
-- ARGV     run_id
--          state    succeeded | failed
--          message  '' for none
--          token    '' when the caller may complete any run
-- RETURNS  'done'; 'ended' when it has ended or never was; 'forbidden' when the token is not the run's;
--          'unexpected' when nobody waits for a report
include 'drains'
include 'slots'

local function change()
  local run = run_at(run_id)
  if not run then return 'ended' end
  local known = more_of(run, 'token')
  if not known then return 'unexpected' end
  if token ~= '' and token ~= known then return 'forbidden' end
  if run.state ~= 'running' and run.state ~= 'awaiting-completion' then
    return 'unexpected'
  end
  local at = now()
  local attempts, last = more_of(run, 'attempts') or '', ''
  if run.state == 'running' then
    last = cut_short(run, at, '')
    attempts = with_attempt(run, last)
  end
  local job = job_at(job_of(run_id))
  if not job then return 'ended' end
  leave_queues(job, run_id)
  end_run(job, run, state, message, attempts, last, false, at)
  promote({ job }, at)
  return 'done'
end

return conclude(change)
