-- with: endings slots
-- Offers an ended run again, under its name; what becomes of it replaces what became of it.
-- ARGV    run id
-- Returns the run's record; 'active' while it has not ended; 'absent' when it is no longer known, or
--         never ran; or why a limit refuses it
local id = ARGV[1]
local name = job_of(id)
if redis.call('HEXISTS', RUNS, id) == 1 then return 'active' end

for _, entry in ipairs(redis.call('XREVRANGE', history_key(name), '+', history_begin(now()))) do
  local past = read_ended(entry[2][2])
  if past.id == id and entry[2][3] ~= 'missed' then
    local job = job_at_run(name)
    local run = read_run(past.record)
    local outcome = run.state
    local state, refused = admit(job, id, scheduler_limit())
    if refused then return refused end
    settle(run, state)
    local stamp = digits(now())
    if outcome ~= 'cancelled' then redis.call('HINCRBY', job_key(name), outcome, -1) end
    redis.call('XDEL', history_key(name), entry[1])
    run.more = '0'
    if past.attempts ~= '' then keep_more(id, run, 'attempts', past.attempts) end
    if entry[2][3] == 'payload' then keep_more(id, run, 'payload', entry[2][4]) end
    local record = write_run(run)
    redis.call('HSET', RUNS, id, record)
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
