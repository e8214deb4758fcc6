-- Accepts a run by hand. The caller drew its id, so asked again it is the same run, ended or not.
--
-- KEYS     RUNS
-- ARGV     run      id
--          at       instant of the request, ms
--          payload  '' for none
--          key      idempotency key under which it is accepted; '' for none
--          token    of the key's claim
-- RETURNS  'accepted' and the run's record; 'ended' and its entry of the history; 'absent' when its job,
--          in its incarnation, is no more; 'refused' and why a limit refuses it; 'claim-lost'
include 'grows'
include 'slots'
include 'idempotency'

-- Notes a run that is under way as it stands now, and answers its record.
local function note_run(under_way)
  local record = write_run(under_way)
  note_made(key, run, 'made:run', record, 'made:attempts', more_of(under_way, 'attempts') or '')
  return record
end

local function change()
  if not may_make(key, token) then return { 'claim-lost' } end
  local job = job_at(job_of(run))
  if not job or job.incarnation ~= string.match(run, '_(.-)_') then return { 'absent' } end
  local known = run_at(run)
  if known then return { 'accepted', note_run(known) } end
  local _, entry = find_ended(job.id, run)
  if entry then
    note_made(key, run, 'made:ended', entry)
    return { 'ended', entry }
  end

  local accepted = new_run(run, 'manual', tonumber(at), job.revision)
  local refused = admit(job, accepted, scheduler_limit())
  if refused then return { 'refused', refused } end
  if payload ~= '' then keep_more(accepted, 'payload', payload) end
  enter(job, accepted, now())
  if accepted.state == 'ready' then redis.call('PUBLISH', HINTS, 'ready') end
  return { 'accepted', note_run(accepted) }
end

return conclude(change)
