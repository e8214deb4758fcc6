-- How attempts begin, and who makes them. Part of the scripts that say so in their first line.

-- Ms from the last moment at which somebody may still be at work on an attempt to its deadline.
local MARGIN = 2000
-- How many records are read at once.
local PAGE = 500

-- Runs that somebody has from now on, written all at once: into RUNS and into INFLIGHT.
local begun, begun_inflight, deadlines = {}, {}, {}

-- An attempt of a run begins, and is told.
-- owner    replica/token of who makes it
-- allowed  ms that its job allows it
-- from     now, and how long the run may wait inside the replica
local function hand_to(owner, id, record, job, tags, allowed, from)
  local deadline = deadlines[allowed] or digits(from + allowed + MARGIN)
  deadlines[allowed] = deadline
  local n = #begun
  begun[n + 1], begun[n + 2] = id, record .. owner
  begun_inflight[n + 1], begun_inflight[n + 2] = deadline, id
  tell('run.started', job, tags, id, record)
end

local function write_begun()
  if #begun == 0 then return end
  redis.call('HSET', RUNS, unpack(begun))
  redis.call('ZADD', INFLIGHT, unpack(begun_inflight))
end

-- What a replica needs to deliver a run, added to a reply: id, record, the job's definition, payload (''
-- for none), the token under which its receiver reports ('' where it does not).
local function give(reply, id, record, definition, more)
  local kept = more == '1' and redis.call('HMGET', run_key(id), 'payload', 'token') or {}
  local n = #reply
  reply[n + 1], reply[n + 2], reply[n + 3] = id, record, definition
  reply[n + 4], reply[n + 5] = kept[1] or '', kept[2] or ''
end

-- Visits what replicas have, soonest deadline first, until a visit answers false. Answers whether that was
-- all.
local function each_in_flight(visit)
  local ids = redis.call('ZRANGE', INFLIGHT, 0, -1)
  for from = 1, #ids, PAGE do
    local page = { unpack(ids, from, math.min(#ids, from + PAGE - 1)) }
    for n, record in ipairs(redis.call('HMGET', RUNS, unpack(page))) do
      if record and visit(page[n], record) == false then return false end
    end
  end
  return true
end
