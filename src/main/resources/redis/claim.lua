-- Accepts occurrences under the leader's epoch, and advances their jobs.
--
-- KEYS     EPOCH SCHEDULER DUE
-- ARGV     epoch         the leader's fencing number
-- ITEM     job           id
--          revision      the revision that the caller computed with
--          due           the instant under which the job is known to be due, ms
--          occurrence    its nominal instant, ms
--          kind          schedule | catch-up | skip | pass
--          next          the next occurrence, ms; '' when none is left, '-' when it follows from the end
--                        of a run
--          next_due      the same with jitter, ms; '' where there is none
--          missed        the latest missed occurrence that does not run, ms; '' for none
--          missed_count  how many do not run
-- RETURNS  'fenced' or 'paused' for all; else of each item a word and what belongs to it:
--          'accepted' and the run's id, 'stale', 'early' and by how many ms, 'refused' and the reason
include 'slots'

local CLOCK_TOLERANCE = 50

-- A job's next occurrence goes to the ledger only behind this.
local function is_still_to_come(job, claimed, due_now)
  return due_now and tonumber(due_now) == tonumber(claimed.due)
    and (job.last == '' or tonumber(job.last) < tonumber(claimed.occurrence))
end

local function change()
  if redis.call('GET', EPOCH) ~= epoch then return 'fenced' end
  if redis.call('HGET', SCHEDULER, 'paused') == '1' then return 'paused' end
  local at = now()
  local stamp = digits(at)
  local over_all = scheduler_limit()
  -- The slot of runs that no limit keeps waiting.
  local free_slot = coming()

  local function record_missed(job, claimed)
    local id = job.id .. '_' .. job.incarnation .. '_' .. claimed.missed
    local run = new_run(id, 'schedule', claimed.missed, job.revision)
    record_skip(job, run, 'misfire', tonumber(claimed.missed_count), stamp)
  end

  -- Takes a run in. Answers why a limit refuses it, nil where none does.
  local function take_in(job, run)
    if over_all or terms_of(job).limit ~= '' then
      local refused = admit(job, run, over_all)
      if refused then
        record_skip(job, run, refused, 1, stamp)
        return refused
      end
    else
      run.slot = free_slot
      hold(job, run.id)
    end
    enter(job, run, stamp)
  end

  local function accept(job, claimed, id)
    if claimed.missed_count ~= '0' or over_all or terms_of(job).limit ~= '' then check_history(job) end
    if claimed.missed_count ~= '0' then record_missed(job, claimed) end
    local refused, accepted = nil, false
    if claimed.kind == 'schedule' or claimed.kind == 'catch-up' then
      refused = take_in(job, new_run(id, claimed.kind, claimed.occurrence, job.revision))
      accepted = not refused
    end
    if accepted then job.accepted = digits(job.accepted + 1) end
    job.caught_up = claimed.kind == 'catch-up' and digits(job.caught_up + 1) or '0'
    job.last = claimed.occurrence
    job.next = claimed.next == '-' and '' or claimed.next
    save(job)
    local max_runs = terms_of(job).max_runs
    if claimed.next == '' or max_runs ~= '' and tonumber(job.accepted) >= tonumber(max_runs) then
      complete_job(job, stamp)
    elseif claimed.next == '-' then
      set_due_at(job, '')
      -- Nothing was accepted: then it rests from now on.
      if not accepted then after_end(job, 'skipped', stamp) end
    else
      set_due_at(job, claimed.next_due)
    end
    return refused
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
    local word, detail = 'stale', ''
    if soonest > at + CLOCK_TOLERANCE then
      word, detail = 'early', digits(soonest - at)
    elseif job and not seen[job.id] and job.revision == claimed.revision and job.state == 'active'
      and is_still_to_come(job, claimed, dues[n]) then
      seen[job.id] = true
      local id = job.id .. '_' .. job.incarnation .. '_' .. claimed.occurrence
      local served, refused = try(accept, job, claimed, id)
      word, detail = 'accepted', id
      if served and refused then word, detail = 'refused', refused end
    end
    replies[2 * n - 1], replies[2 * n] = word, detail
  end
  if next(ready.by) then redis.call('PUBLISH', HINTS, 'ready') end
  return replies
end

return conclude(change)
