-- with: endings slots
-- Ends a run at once, whatever it is at; who delivers it learns by a hint, or when it is done.
-- ARGV    run id
-- Returns 1, or 0 when it has ended or never was
local id = ARGV[1]
local record = redis.call('HGET', RUNS, id)
if not record then return 0 end

local at = now()
local stamp = digits(at)
local run = read_run(record)
local attempts, last = more_of(id, run, 'attempts') or '', ''
if run.state == 'running' then
  last = cut_short(run, at, 'cancelled')
  attempts = with_attempt(id, run, last)
  redis.call('PUBLISH', HINTS, 'cancel ' .. id)
end
leave_queues(id)
end_run(id, run, 'cancelled', 'cancelled', attempts, last, stamp)
promote({ job_of(id) }, stamp)
return 1
