-- What scripts tell. Part of every script.

-- What this script tells: of each event its type, job, tags, run and record, then names and values.
local told = {}

-- Tells an event, in the script that makes the change it tells of. More names and values may follow.
local function tell(type, job, tags, run, record, ...)
  told[#told + 1] = { type, job, tags or '', run, record, ... }
end

-- Of the id of an entry in the stream of events: when it was told, and which it is of all that ever were.
local function position_of(id)
  local at, count = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(at), tonumber(count)
end

-- The position of the event that was told last, also where the stream has lost it.
local function latest_position()
  local last = redis.call('XREVRANGE', EVENTS, '+', '-', 'COUNT', 1)[1]
  if last then return position_of(last[1]) end
  if redis.call('EXISTS', EVENTS) == 0 then return 0, 0 end
  local info = redis.call('XINFO', 'STREAM', EVENTS)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return position_of(info[i + 1]) end
  end
end

-- Takes the entries out of the stream of which not one event is among those that are kept.
local function forget_events(count)
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

-- Writes what was told into the stream of events, one entry for many: each is a list in JSON. An entry's
-- id is the position of its last event, and those before it count back from there. Called once, behind
-- the script, also where that fails: what it had told by then is so.
local EVENTS_IN_ENTRY, EVENTS_BETWEEN_FORGETTING = 500, 1000
local function write_events()
  if #told == 0 then return end
  local at, count = latest_position()
  at = digits(math.max(at, now()))
  local before = count
  for from = 1, #told, EVENTS_IN_ENTRY do
    local entry = #told <= EVENTS_IN_ENTRY and told
      or { unpack(told, from, math.min(#told, from + EVENTS_IN_ENTRY - 1)) }
    count = count + #entry
    redis.call('XADD', EVENTS, at .. '-' .. digits(count), 'events', cjson.encode(entry))
  end
  if math.floor(count / EVENTS_BETWEEN_FORGETTING) > math.floor(before / EVENTS_BETWEEN_FORGETTING) then
    forget_events(count)
  end
end
