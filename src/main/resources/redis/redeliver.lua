-- with: endings slots
-- Offers an ended run again, under its name; what becomes of it replaces what became of it.
-- ARGV    run id
-- Returns the run's record; 'active' while it has not ended; 'absent' when it is no longer known, or
--         never ran; or why a limit refuses it
local id = ARGV[1]
local name = job_of(id)
if redis.call('HEXISTS', RUNS, id) == 1 then return 'active' end

for _, entry in ipairs(redis.call('XREVRANGE', history_key(name), '+', history_begin(now()))) do
  local fields = {}
  for f = 1, #entry[2], 2 do fields[entry[2][f]] = entry[2][f + 1] end
  if fields.run == id and not fields.missed then
    local job = job_at_run(name)
    local state, refused = admit(job, id, scheduler_limit())
    if refused then return refused end
    local stamp = digits(now())
    local run = read_run(fields.record)
    if run.state ~= 'cancelled' then redis.call('HINCRBY', job_key(name), run.state, -1) end
    run.state = state
    local record = write_run(run)
    redis.call('XDEL', history_key(name), entry[1])
    redis.call('HSET', RUNS, id, record)
    if fields.attempts ~= '' then
      redis.call('HSET', run_key(id), 'attempts', fields.attempts)
    end
    if (fields.payload or '') ~= '' then
      redis.call('HSET', run_key(id), 'payload', fields.payload)
    end
    if state == 'ready' then
      redis.call('ZADD', READY, stamp, id)
      redis.call('PUBLISH', HINTS, 'ready')
    else
      tell('run.queued', name, job.tags, id, record)
    end
    return record
  end
end
return 'absent'
