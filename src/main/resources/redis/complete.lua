-- with: endings slots
-- Takes a receiver's report of how its work ended; it may come before its answer has.
-- ARGV    run id, state (succeeded | failed), message ('' for none), token ('' when the caller may
--         complete any run)
-- Returns 1; 0 when the run has ended or never was; 'forbidden' when the token is not the run's;
--         'unexpected' when nobody waits for a report
local id, state, message, token = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local record = redis.call('HGET', RUNS, id)
if not record then return 0 end
local run = read_run(record)
local known = more_of(id, run, 'token')
if not known then return 'unexpected' end
if token ~= '' and token ~= known then return 'forbidden' end
if run.state ~= 'running' and run.state ~= 'awaiting-completion' then return 'unexpected' end

local at = now()
local stamp = digits(at)
local attempts, last = more_of(id, run, 'attempts') or '', ''
if run.state == 'running' then
  last = cut_short(run, at, '')
  attempts = with_attempt(id, run, last)
end
leave_queues(id)
end_run(id, run, state, message, attempts, last, stamp)
promote({ job_of(id) }, stamp)
return 1
