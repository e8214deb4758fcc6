-- The stream of lifecycle events. A script gathers its events and writes them at its end, many in one
-- entry; the id of an entry is the position of its last event, counted through all that ever were.
--
-- KEYS     EVENTS

local told = {}

-- One table for all events: each is packed at once.
local event = blank_event()

-- Tells an event, in the script that makes the change it is about.
local function tell_event()
  told[#told + 1] = write_event(event)
end

-- More names and values of an event.
local function details_of(...)
  local count = select('#', ...)
  return count == 0 and '' or table.concat({ ... }, '\0') .. '\0'
end

-- An event of the scheduler or its leader.
local function tell(type, ...)
  event.type, event.job, event.tags, event.run, event.record = type, '', '', '', ''
  event.finished, event.missed, event.attempts, event.reason = 0, 0, '', ''
  event.details = details_of(...)
  tell_event()
end

local function tell_job(type, job, reason)
  event.type, event.job, event.tags, event.run, event.record = type, job.id, job.tags, '', ''
  event.finished, event.missed, event.attempts, event.reason = 0, 0, '', reason or ''
  event.details = details_of('revision', digits(job.revision))
  tell_event()
end

-- An event of a run. Its end, occurrences that did not run, the attempt that it is about and a reason may
-- be left out.
local function tell_run(type, job, run, record, finished, missed, attempt, reason)
  event.type, event.job, event.tags, event.run, event.record = type, job.id, job.tags, run.id, record
  event.finished, event.missed, event.attempts = finished or 0, missed or 0, attempt or ''
  event.reason, event.details = reason or '', ''
  tell_event()
end

local function position_of(entry_id)
  local at, count = string.match(entry_id, '^(%d+)-(%d+)$')
  return tonumber(at), tonumber(count)
end

-- The position of the latest event, also where its entry has been trimmed.
local function latest_position()
  local last = redis.call('XREVRANGE', EVENTS, '+', '-', 'COUNT', 1)[1]
  if last then return position_of(last[1]) end
  if redis.call('EXISTS', EVENTS) == 0 then return 0, 0 end
  local info = redis.call('XINFO', 'STREAM', EVENTS)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return position_of(info[i + 1]) end
  end
end

-- Trims entries whose events are all beyond the retention limit.
local function trim_events(count)
  local from = '-'
  while from do
    local entries = redis.call('XRANGE', EVENTS, from, '+', 'COUNT', 4)
    from = nil
    for _, entry in ipairs(entries) do
      local _, last = position_of(entry[1])
      if last > count - EVENTS_KEPT then
        redis.call('XTRIM', EVENTS, 'MINID', '=', entry[1])
        return
      end
      from = '(' .. entry[1]
    end
  end
end

-- The first is even: an entry of a stream has fields and values, and its events are both, by turns. Where
-- their number is odd, the last value is empty.
local EVENTS_IN_ENTRY, EVENTS_BETWEEN_TRIMS = 500, 1000

local function write_events()
  if #told == 0 then return end
  local at, count = latest_position()
  at = digits(math.max(at, now()))
  local before, all = count, #told
  if all % 2 == 1 then told[all + 1] = '' end
  for from = 1, all, EVENTS_IN_ENTRY do
    local to = math.min(all, from + EVENTS_IN_ENTRY - 1)
    count = count + to - from + 1
    redis.call('XADD', EVENTS, at .. '-' .. digits(count), unpack(told, from, to + (to - from + 1) % 2))
  end
  if math.floor(count / EVENTS_BETWEEN_TRIMS) > math.floor(before / EVENTS_BETWEEN_TRIMS) then
    trim_events(count)
  end
end
