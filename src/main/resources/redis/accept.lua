-- with: endings slots idempotency
-- Accepts a run by hand. The caller drew its id, so asked again it is the same run, ended or not.
-- ARGV    run id, instant of the request in ms, payload ('' for none), idempotency key ('' for none), token
--         of its claim
-- Returns the run's record; 'claim-lost'; 'absent' when its job, in its incarnation, is no more; or why a
--         limit refuses it
local id, at, payload, key = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if not may_make(key, ARGV[5]) then return 'claim-lost' end
local job = job_at_run(job_of(id))
if job.inc ~= string.match(id, '_(.-)_') then return 'absent' end

local known = redis.call('HGET', RUNS, id)
for _, entry in ipairs(redis.call('XRANGE', history_key(job.id), history_begin(now()), '+')) do
  local past = read_ended(entry[2][2])
  if past.id == id then known = past.record end
end
if known then
  note_made(key, id, 'made:record', known)
  return known
end
local state, refused = admit(job, id, scheduler_limit())
if refused then return refused end
local run = new_run(state, 'manual', at, job.revision, slot_of(state))

local stamp = digits(now())
if payload ~= '' then keep_more(id, run, 'payload', payload) end
local record = write_run(run)
redis.call('HSET', RUNS, id, record)
note_made(key, id, 'made:record', record)
if state == 'ready' then
  redis.call('ZADD', READY, stamp, id)
  redis.call('PUBLISH', HINTS, 'ready')
else
  tell('run.queued', job.id, job.tags, id, record)
end
return record
