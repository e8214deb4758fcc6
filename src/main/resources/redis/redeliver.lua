-- Offers an ended run again, under its name; its new outcome replaces the old one.
--
-- KEYS     RUNS
-- ARGV     run_id
-- RETURNS  'accepted' and the run's record; 'active' while it has not ended; 'absent' when it is no
--          longer known, or never ran; 'refused' and why a limit refuses it
include 'grows'
include 'slots'

local function latest_outcome(job)
  local latest = latest_run(job.id)
  if latest == '' then return 'none' end
  local ended = read_ended(latest)
  return ended.state
end

local function change()
  local job = job_at(job_of(run_id))
  if record_of(run_id) then return { 'active' } end
  local ended, entry = nil, nil
  if job then ended, entry = find_ended(job.id, run_id) end
  if not ended or ended.missed > 0 then return { 'absent' } end

  local run = new_run(run_id, ended.trigger, ended.scheduled, ended.revision)
  run.attempt, run.crashes, run.started = ended.attempt, ended.crashes, ended.started
  local refused = admit(job, run, scheduler_limit())
  if refused then return { 'refused', refused } end
  count_end(job, ended.state, -1)
  remove_entry(job.id, entry)
  list(job, job.state, latest_outcome(job))
  if ended.attempts ~= '' then keep_more(run, 'attempts', ended.attempts) end
  if ended.payload ~= '' then keep_more(run, 'payload', ended.payload) end
  enter(job, run, now())
  save(job)
  if run.state == 'ready' then redis.call('PUBLISH', HINTS, 'ready') end
  return { 'accepted', write_run(run) }
end

return conclude(change)
