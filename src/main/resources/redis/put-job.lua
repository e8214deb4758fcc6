-- with: endings slots
-- Creates or replaces a job.
-- ARGV    1 id, 2 revision that it replaces (0: none), 3 definition, 4 tags, 5 ms that an attempt may
--         take, 6 state, 7-9 pause: reason, since, until, 10 now, 11 anchor, 12 next occurrence (which
--         a pause holds back), 13 due ('' for none), 14-15 the least and the longest rest after a run in ms ('' where occurrences
--         do not follow from the end of runs), 16 end ('' for none), 17 jitter in ms, 18 most
--         occurrences ('' for any), 19-21 limit ('' for none), on limit, longest queue, 22 failed runs in
--         a row that pause it ('' for never), 23 whether runs are completed by a report ('1' or ''),
--         24 next occurrence of the job that it replaces
-- Returns the values of JOB_FIELDS, or nothing when its revision or its next occurrence is another:
--         a claim, or the end of a run, moves the latter only
local id, expected, state, at = ARGV[1], ARGV[2], ARGV[6], ARGV[10]
local key = job_key(id)
local was = redis.call('HMGET', key, 'rev', 'tags', 'state', 'next')
if (was[1] or '0') ~= expected or (was[4] or '') ~= ARGV[24] then return {} end

local revision = digits(expected + 1)
if not was[1] then
  -- Redis' time in base 36: a counter could come back after a roll-back.
  local inc, rest = '', now()
  while rest > 0 do
    local digit = rest % 36
    inc = string.sub('0123456789abcdefghijklmnopqrstuvwxyz', digit + 1, digit + 1) .. inc
    rest = math.floor(rest / 36)
  end
  redis.call('HSET', key, 'inc', inc, 'created', at, 'accepted', '0', 'failures', '0')
end
redis.call('HSET', key, 'rev', revision, 'def', ARGV[3], 'tags', ARGV[4], 'allowed', ARGV[5],
  'state', state, 'pauseReason', ARGV[7], 'pauseSince', ARGV[8], 'pauseUntil', ARGV[9],
  'updated', at, 'anchor', ARGV[11], 'restMin', ARGV[14], 'restMax', ARGV[15], 'endAt', ARGV[16],
  'jitter', ARGV[17], 'maxRuns', ARGV[18], 'limit', ARGV[19], 'onLimit', ARGV[20],
  'maxQueue', ARGV[21], 'pauseAfter', ARGV[22], 'reported', ARGV[23])
local due = set_due(id, ARGV[12], ARGV[13])

redis.call('ZADD', JOBS, 0, id)
for tag in string.gmatch(was[2] or '', '%S+') do redis.call('ZREM', tag_key(tag), id) end
for tag in string.gmatch(ARGV[4], '%S+') do redis.call('ZADD', tag_key(tag), 0, id) end
if was[3] then redis.call('ZREM', state_key(was[3]), id) end
redis.call('ZADD', state_key(state), 0, id)
tell(was[1] and 'job.updated' or 'job.created', id, ARGV[4], '', '', 'revision', revision)
if was[3] and was[3] ~= 'completed' and state == 'completed' then
  tell('job.completed', id, ARGV[4], '', '', 'revision', revision)
end
if promote({ id }, digits(now())) > 0 then
  -- What no longer waits may have made it due.
  due = redis.call('ZSCORE', DUE, id) or ''
end
redis.call('PUBLISH', HINTS, 'job ' .. id .. ' ' .. due)
return redis.call('HMGET', key, unpack(JOB_FIELDS))
