-- Pauses, resumes or completes a job, its definition untouched.
-- ARGV    1 id, 2 revision, 3 state, 4-6 pause: reason, since, until, 7 now, 8 next occurrence,
--         9 due ('' for none)
-- Returns the values of JOB_FIELDS; nothing when its revision is another; 'absent'
local id, state = ARGV[1], ARGV[3]
local key = job_key(id)
local was = redis.call('HMGET', key, 'rev', 'tags', 'state')
if not was[1] then return 'absent' end
if was[1] ~= ARGV[2] then return {} end

local revision = digits(was[1] + 1)
redis.call('HSET', key, 'rev', revision, 'state', state, 'pauseReason', ARGV[4],
  'pauseSince', ARGV[5], 'pauseUntil', ARGV[6], 'updated', ARGV[7])
local due = set_due(id, ARGV[8], ARGV[9])
redis.call('ZREM', state_key(was[3]), id)
redis.call('ZADD', state_key(state), 0, id)
local events = { active = 'job.resumed', paused = 'job.paused', completed = 'job.completed' }
tell(events[state], id, was[2], '', '', 'revision', revision, 'reason', ARGV[4])
redis.call('PUBLISH', HINTS, 'job ' .. id .. ' ' .. due)
return redis.call('HMGET', key, unpack(JOB_FIELDS))
