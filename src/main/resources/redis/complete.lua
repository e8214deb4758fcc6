-- Takes a receiver's report of how its work ended; it may come before the receiver's answer.
--
-- KEYS     RUNS
-- ARGV     run      id
--          state    succeeded | failed
--          message  '' for none
--          token    '' when the caller may complete any run
-- RETURNS  'done'; 'ended' when it has ended or never was; 'forbidden' when the token is not the run's;
--          'unexpected' when nobody waits for a report
include 'drains'
include 'slots'

local function change()
  local reported = run_at(run)
  if not reported then return 'ended' end
  local known = more_of(reported, 'token')
  if not known then return 'unexpected' end
  if token ~= '' and token ~= known then return 'forbidden' end
  if reported.state ~= 'running' and reported.state ~= 'awaiting-completion' then
    return 'unexpected'
  end
  local at = now()
  local attempts, last = more_of(reported, 'attempts') or '', ''
  if reported.state == 'running' then
    last = cut_short(reported, at, '')
    attempts = with_attempt(reported, last)
  end
  local job = job_at(job_of(run))
  if not job then return 'ended' end
  leave_queues(job, run)
  end_run(job, reported, state, message, attempts, last, false, at)
  promote({ job }, at)
  return 'done'
end

return conclude(change)
