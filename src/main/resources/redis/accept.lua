-- Accepts a run by hand. The caller drew its id, so asked again it is the same run, ended or not.
--
-- KEYS     RUNS
-- ARGV     run_id
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
  note_made(key, run_id, 'made:run', record, 'made:attempts', more_of(under_way, 'attempts') or '')
  return record
end

local function change()
  if not may_make(key, token) then return { 'claim-lost' } end
  local job = job_at(job_of(run_id))
  if not job or job.incarnation ~= string.match(run_id, '_(.-)_') then return { 'absent' } end
  local known = run_at(run_id)
  if known then return { 'accepted', note_run(known) } end
  local _, entry = find_ended(job.id, run_id)
  if entry then
    note_made(key, run_id, 'made:ended', entry)
    return { 'ended', entry }
  end

  local run = new_run(run_id, 'manual', tonumber(at), job.revision)
  local refused = admit(job, run, scheduler_limit())
  if refused then return { 'refused', refused } end
  if payload ~= '' then keep_more(run, 'payload', payload) end
  enter(job, run, now())
  if run.state == 'ready' then redis.call('PUBLISH', HINTS, 'ready') end
  return { 'accepted', note_run(run) }
end

return conclude(change)
