-- Offers an ended run again, under its name; its new outcome replaces the old one.
--
-- KEYS     RUNS
-- ARGV     run  id
-- RETURNS  'accepted' and the run's record; 'active' while it has not ended; 'absent' when it is no
--          longer known, or never ran; 'refused' and why a limit refuses it
include 'grows'
include 'slots'

local function latest_outcome(job)
  local latest = latest_run(job.id)
  return latest == '' and 'none' or read_ended(latest).state
end

local function change()
  local job = job_at(job_of(run))
  if record_of(run) then return { 'active' } end
  local ended, entry = nil, nil
  if job then ended, entry = find_ended(job.id, run) end
  if not ended or ended.missed > 0 then return { 'absent' } end

  local again = new_run(run, ended.trigger, ended.scheduled, ended.revision)
  again.attempt, again.crashes, again.started = ended.attempt, ended.crashes, ended.started
  local refused = admit(job, again, scheduler_limit())
  if refused then return { 'refused', refused } end
  if ended.state ~= 'cancelled' then job[ended.state] = job[ended.state] - 1 end
  remove_entry(job.id, entry)
  list(job, job.state, latest_outcome(job))
  if ended.attempts ~= '' then keep_more(again, 'attempts', ended.attempts) end
  if ended.payload ~= '' then keep_more(again, 'payload', ended.payload) end
  enter(job, again, now())
  save(job)
  if again.state == 'ready' then redis.call('PUBLISH', HINTS, 'ready') end
  return { 'accepted', write_run(again) }
end

return conclude(change)
