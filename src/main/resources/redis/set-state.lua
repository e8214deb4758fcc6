-- with: endings
-- Pauses, resumes or completes a job, its definition untouched.
-- ARGV    1 id, 2 revision, 3 state, 4-6 pause: reason, since, until, 7 now, 8 next occurrence (of no
--         effect on a pause: it holds back what was to come), 9 due ('' for none)
-- Returns the values of JOB_FIELDS; nothing when its revision is another; 'absent'
local id, state = ARGV[1], ARGV[3]
local key = job_key(id)
local was = redis.call('HMGET', key, 'rev', 'tags', 'state', 'next')
if not was[1] then return 'absent' end
if was[1] ~= ARGV[2] then return {} end

local revision = digits(was[1] + 1)
redis.call('HSET', key, 'rev', revision, 'state', state, 'pauseReason', ARGV[4],
  'pauseSince', ARGV[5], 'pauseUntil', ARGV[6], 'updated', ARGV[7], 'failures', '0')
if state == 'active' then redis.call('HSET', key, 'resumed', ARGV[7]) end
local next = state == 'paused' and (was[4] or '') or ARGV[8]
local due = set_due(id, next, ARGV[9])
redis.call('ZREM', state_key(was[3]), id)
redis.call('ZADD', state_key(state), 0, id)
local events = { active = 'job.resumed', paused = 'job.paused', completed = 'job.completed' }
tell(events[state], id, was[2], '', '', 'revision', revision, 'reason', ARGV[4])
redis.call('PUBLISH', HINTS, 'job ' .. id .. ' ' .. due)
return redis.call('HMGET', key, unpack(JOB_FIELDS))
