-- with: endings slots attempts
-- Accepts occurrences under the leader's epoch, and advances their jobs. The first runs that are ready at
-- once are handed to the caller, as if it had taken them, as many as it has room for.
-- ARGV    the epoch, replica, token, room ('0' for none), ms that a run may wait inside the replica, then
--         of each claim: job, revision, due, occurrence,
--         kind (schedule | catch-up | skip | pass), next occurrence, next due; instead of the two
--         '' and '' when nothing is left, '-' and '' when the next one follows from something else;
--         the latest of the occurrences that were missed, or that a pause kept back, and do not run, and
--         their count ('' and '0')
-- Returns 'fenced' or 'paused' for all; else of each claim its run id, of one that is handed over a list of
--         its id, when its attempt began and the token under which its receiver reports (''
--         where it does not), '' when it is stale, the number
--         of ms that it is early by, or why it was refused, such as 'overlap'
if redis.call('GET', EPOCH) ~= ARGV[1] then return 'fenced' end
if redis.call('HGET', SCHEDULER, 'paused') == '1' then return 'paused' end

local CLOCK_TOLERANCE = 50
local FIRST, FIELDS, NOTHING = 6, 9, {}
local owner, token, room = ARGV[2] .. '/' .. ARGV[3], ARGV[3], tonumber(ARGV[4])
-- Its caller has asked what it has, and would not learn of more.
if room > 0 and redis.call('EXISTS', closed_key(owner)) == 1 then room = 0 end
local at = now()
local stamp = digits(at)
local over_all = scheduler_limit()
local replies, accepted, seen = {}, {}, {}

local names = {}
for i = FIRST, #ARGV, FIELDS do names[#names + 1] = ARGV[i] end
local dues = redis.call('ZMSCORE', DUE, unpack(names))

for n, name in ipairs(names) do
  local i = FIRST + (n - 1) * FIELDS
  local due, occurrence = tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  local reply = ''
  -- What is missed by the leader's clock may be still to come by this one.
  local soonest = math.max(due, occurrence)
  if soonest > at + CLOCK_TOLERANCE then
    reply = soonest - at
  elseif not seen[name] and dues[n] and tonumber(dues[n]) == due then
    local job = job_at_run(name)
    if job.revision == ARGV[i + 1] and job.state == 'active'
      and (not job.last or job.last < occurrence) then
      reply = name .. '_' .. job.inc .. '_' .. ARGV[i + 3]
      seen[name] = true
      accepted[#accepted + 1] = { i = i, n = n, job = job, id = reply, also = NOTHING }
    end
  end
  replies[n] = reply
end

local runs, ready, active, due = {}, {}, {}, {}
-- The slot of those that no limit keeps waiting.
local free_slot = coming()

-- Hands a run to the caller that never waits for anybody.
local function hand_over(claim, kind, scheduled, slot)
  local job, id = claim.job, claim.id
  local run = new_run('running', kind, scheduled, job.revision, slot, stamp)
  local report = ''
  if job.reported then
    report = token .. '.' .. claim.n
    keep_more(id, run, 'token', report)
  end
  hand_to(owner, id, write_run(run), job.id, job.tags, job.allowed, at + ARGV[5])
  room = room - 1
  claim.also = { 'started', digits(job.started + 1) }
  replies[claim.n] = { id, stamp, report }
end

-- Takes a run in; false, with the reason as its reply, where a limit refuses it.
local function take_in(claim, kind, scheduled)
  local job, id = claim.job, claim.id
  local state, refused, slot = 'ready', nil, free_slot
  if not job.limit and not over_all then
    local n = #active
    active[n + 1], active[n + 2] = 0, id
  else
    state, refused = admit(job, id, over_all)
    slot = slot_of(state)
  end
  if state == 'ready' and room > 0 then
    hand_over(claim, kind, scheduled, slot)
    return true
  end
  local run = new_run(state, kind, scheduled, job.revision, slot)
  if refused then
    record_skip(job.id, job.tags, id, run, refused, 1, stamp)
    replies[claim.n] = refused
    return false
  end
  local record, n = write_run(run), #runs
  runs[n + 1], runs[n + 2] = id, record
  if state == 'ready' then
    n = #ready
    ready[n + 1], ready[n + 2] = stamp, id
  else
    tell('run.queued', job.id, job.tags, id, record)
  end
  return true
end

local function accept(claim)
  local i, job = claim.i, claim.job
  local kind, next, next_due = ARGV[i + 4], ARGV[i + 5], ARGV[i + 6]
  local missed, missed_count = ARGV[i + 7], tonumber(ARGV[i + 8])
  if missed_count > 0 then
    record_skip(job.id, job.tags, job.id .. '_' .. job.inc .. '_' .. missed,
      new_run('skipped', 'schedule', missed, job.revision, '0'),
      kind == 'pass' and 'paused' or 'misfire', missed_count, stamp)
  end
  local count, caught_up = job.accepted, '0'
  if kind == 'schedule' or kind == 'catch-up' then
    if take_in(claim, kind, ARGV[i + 3]) then count = digits(count + 1) end
    if kind == 'catch-up' then caught_up = digits(job.caught_up + 1) end
  end
  redis.call('HSET', job_key(job.id), 'last', ARGV[i + 3], 'accepted', count,
    'caughtUp', caught_up, 'next', next == '-' and '' or next, unpack(claim.also))
  if next == '' or (job.most and tonumber(count) >= job.most) then
    complete_job(job.id, job.tags, job.revision, stamp)
  elseif next == '-' then
    -- Nothing was taken in: then it rests from now on.
    redis.call('ZREM', DUE, job.id)
    if count == job.accepted then
      after_end(job.id, job_at_end(job.id, 'skipped'), 'skipped', stamp)
    end
  else
    local n = #due
    due[n + 1], due[n + 2] = next_due, job.id
  end
end
local lists = { runs, active, ready, due, begun, begun_inflight }
for _, claim in ipairs(accepted) do
  local before, room_before = { #runs, #active, #ready, #due, #begun, #begun_inflight }, room
  if not try(accept, claim) then
    for n, list in ipairs(lists) do
      for last = #list, before[n] + 1, -1 do list[last] = nil end
    end
    room = room_before
  end
end
if #runs > 0 then redis.call('HSET', RUNS, unpack(runs)) end
write_begun()
if #active > 0 then redis.call('ZADD', ACTIVE, unpack(active)) end
if #ready > 0 then
  redis.call('ZADD', READY, unpack(ready))
  redis.call('PUBLISH', HINTS, 'ready')
end
if #due > 0 then redis.call('ZADD', DUE, unpack(due)) end
return replies
