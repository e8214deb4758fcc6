-- with: endings slots
-- Accepts a run by hand. The caller drew its id, so asked again it is the same run, ended or not.
-- ARGV    run id, instant of the request in ms, payload ('' for none)
-- Returns the run's record; 'absent' when its job, in its incarnation, is no more; or why a limit
--         refuses it
local id, at, payload = ARGV[1], ARGV[2], ARGV[3]
local job = job_at_run(job_of(id))
if job.inc ~= string.match(id, '_(.-)_') then return 'absent' end

local known = redis.call('HGET', RUNS, id)
if known then return known end
for _, entry in ipairs(redis.call('XRANGE', history_key(job.id), history_begin(now()), '+')) do
  if entry[2][2] == id then return entry[2][4] end
end
local state, refused = admit(job, id, scheduler_limit())
if refused then return refused end

local stamp = digits(now())
local record = write_run(new_run(state, 'manual', at, job.revision, stamp))
redis.call('HSET', RUNS, id, record)
if payload ~= '' then redis.call('HSET', run_key(id), 'payload', payload) end
if state == 'ready' then
  redis.call('ZADD', READY, stamp, id)
  redis.call('PUBLISH', HINTS, 'ready')
else
  tell('run.queued', job.id, job.tags, id, record)
end
return record
