-- Accepts occurrences under the leader's epoch, and advances their jobs. The first runs that are ready at
-- once are handed over to the caller, as if it had taken them, as many as it has room for.
--
-- KEYS     EPOCH SCHEDULER DUE
-- ARGV     epoch         the leader's fencing number
--          replica       the caller
--          token         under which it owns what is handed over
--          room          how many runs may be handed over
--          queueing      how long a run may wait inside the replica, ms
-- ITEM     job           word    id
--          revision      count   the revision that the caller computed with
--          due           millis  the instant under which the job is known to be due
--          occurrence    millis  its nominal instant
--          kind          word    schedule | catch-up | skip | pass
--          after         word    next | waiting, for the end of a run | nothing
--          next          millis  the next occurrence; 0 where there is none
--          next_due      millis  the same with jitter; 0 where there is none
--          missed        millis  the latest occurrence that was missed, or that a pause kept back, and
--                                does not run; 0 for none
--          missed_count  count   how many do not run
-- RETURNS  'fenced' or 'paused' for all; else of each item a word and what belongs to it:
--          'accepted' and the run's id; 'handed-over', the run's id, when its attempt began (ms) and
--          the token with which its receiver reports, if it does; 'stale'; 'early' and by how many ms;
--          'refused' and the reason
include 'grows'
include 'slots'
include 'attempts'

local CLOCK_TOLERANCE = 50

local function is_still_to_come(job, claimed, due_now)
  return due_now and tonumber(due_now) == claimed.due
    and job.last < claimed.occurrence
end

local function change()
  if redis.call('GET', EPOCH) ~= epoch then return 'fenced' end
  if redis.call('HGET', SCHEDULER, 'paused') == '1' then return 'paused' end
  local at = now()
  local over_all = scheduler_limit()
  local owner, left = replica .. '/' .. token, tonumber(room)
  -- The caller has asked already what it owns under this token, and would not learn of more.
  if left > 0 and redis.call('EXISTS', closed_key(owner)) == 1 then left = 0 end
  -- The slot of runs that no limit keeps waiting.
  local free_slot = coming()

  local function id_of(job, occurrence)
    return job.id .. '_' .. job.incarnation .. '_' .. digits(occurrence)
  end

  -- Takes a run in. Answers why a limit refuses it, nil where none does, and then what is replied.
  local function take_in(job, run, n)
    if over_all or terms_of(job).limit > 0 then
      local refused = admit(job, run, over_all)
      if refused then
        record_skip(job, run, refused, 1, at)
        return refused
      end
    else
      run.slot = free_slot
      hold(job, run.id)
    end
    if run.state ~= 'ready' or left == 0 then
      enter(job, run, at)
      return nil, 'accepted ' .. run.id
    end
    local report = token .. '.' .. n
    begin_attempt(job, run, owner, report, queueing, at)
    left = left - 1
    return nil, 'handed-over ' .. run.id .. ' ' .. digits(at) .. (run.more == 1 and ' ' .. report or '')
  end

  -- Accepts a claim, or passes its occurrence over. Answers what is replied.
  local function accept(job, claimed, id, n)
    if claimed.missed_count > 0 or over_all or terms_of(job).limit > 0 then check_history(job) end
    if claimed.missed_count > 0 then
      local missed = new_run(id_of(job, claimed.missed), 'schedule', claimed.missed, job.revision)
      local why = claimed.kind == 'pass' and reason 'paused' or reason 'misfire'
      record_skip(job, missed, why, claimed.missed_count, at)
    end
    local accepted, reply = false, 'accepted ' .. id
    if claimed.kind == 'schedule' or claimed.kind == 'catch-up' then
      local run = new_run(id, claimed.kind, claimed.occurrence, job.revision)
      local refused, taken_in = take_in(job, run, n)
      accepted, reply = not refused, taken_in or 'refused ' .. refused
    end
    if accepted then job.accepted = job.accepted + 1 end
    job.caught_up = claimed.kind == 'catch-up' and job.caught_up + 1 or 0
    job.last, job.next = claimed.occurrence, claimed.next
    save(job)
    local max_runs = terms_of(job).max_runs
    if claimed.after == 'nothing' or max_runs > 0 and job.accepted >= max_runs then
      complete_job(job, at)
    elseif claimed.after == 'waiting' then
      set_due_at(job, 0)
      -- Nothing was accepted: then it rests from now on.
      if not accepted then after_end(job, 'skipped', at) end
    else
      set_due_at(job, claimed.next_due)
    end
    return reply
  end

  local claims, ids = {}, {}
  for n = 1, ITEMS do
    claims[n] = item(n)
    ids[n] = claims[n].job
  end
  local dues = redis.call('ZMSCORE', DUE, unpack(ids))
  read_jobs(ids)

  local replies, seen = {}, {}
  for n, claimed in ipairs(claims) do
    local job = job_at(claimed.job)
    -- What is missed by the leader's clock may be still to come by this one.
    local soonest = math.max(claimed.due, claimed.occurrence)
    local reply = 'stale'
    if soonest > at + CLOCK_TOLERANCE then
      reply = 'early ' .. digits(soonest - at)
    elseif job and not seen[job.id] and job.revision == claimed.revision and job.state == 'active'
      and is_still_to_come(job, claimed, dues[n]) then
      seen[job.id] = true
      local id = id_of(job, claimed.occurrence)
      local served, answer = try(accept, job, claimed, id, n)
      reply = served and answer or 'accepted ' .. id
    end
    replies[n] = reply
  end
  if next(ready.by) then redis.call('PUBLISH', HINTS, 'ready') end
  return replies
end

return conclude(change)
