-- Accepts occurrences under the leader's epoch, and advances their jobs.
-- ARGV    the epoch, then of each claim: job, revision, due, occurrence,
--         kind (schedule | catch-up | pass), next occurrence, next due; instead of the two
--         '' and '' when nothing is left, '-' and '' when the next one follows from something else
-- Returns 'fenced' or 'paused' for all; else of each claim its run id, '' when it is stale,
--         or the number of ms that it is early by
if redis.call('GET', EPOCH) ~= ARGV[1] then return 'fenced' end
if redis.call('HGET', SCHEDULER, 'paused') == '1' then return 'paused' end

local CLOCK_TOLERANCE = 50
local at = now()
local stamp = digits(at)
local replies, accepted, seen = {}, {}, {}

for i = 2, #ARGV, 7 do
  local job, due, occurrence = ARGV[i], tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  local reply = ''
  if due > at + CLOCK_TOLERANCE then
    reply = due - at
  elseif not seen[job] and tonumber(redis.call('ZSCORE', DUE, job) or 'nan') == due then
    local is = redis.call('HMGET', job_key(job), 'rev', 'state', 'last', 'inc', 'tags',
      'accepted', 'maxRuns')
    if is[1] == ARGV[i + 1] and is[2] == 'active'
      and (not is[3] or tonumber(is[3]) < occurrence) then
      reply = job .. '_' .. is[4] .. '_' .. ARGV[i + 3]
      seen[job] = true
      accepted[#accepted + 1] = {
        i = i, job = job, id = reply, tags = is[5], count = is[6], most = is[7],
      }
    end
  end
  replies[#replies + 1] = reply
end

local runs, ready, due = {}, {}, {}
for _, claim in ipairs(accepted) do
  local i = claim.i
  local kind, next, next_due, count = ARGV[i + 4], ARGV[i + 5], ARGV[i + 6], claim.count
  if kind ~= 'pass' then
    runs[#runs + 1] = claim.id
    runs[#runs + 1] = 'ready|' .. kind .. '|' .. ARGV[i + 3] .. '|' .. ARGV[i + 1]
      .. '|0|0|' .. stamp .. '|0|0'
    ready[#ready + 1] = stamp
    ready[#ready + 1] = claim.id
    redis.call('ZADD', active_key(claim.job), stamp, claim.id)
    count = digits(count + 1)
  end
  local exhausted = claim.most ~= '' and tonumber(count) >= tonumber(claim.most)
  redis.call('HSET', job_key(claim.job), 'last', ARGV[i + 3], 'accepted', count,
    'next', next == '-' and '' or next)
  if next == '' or exhausted then
    complete_job(claim.job, claim.tags, ARGV[i + 1], stamp)
  elseif next == '-' then
    redis.call('ZREM', DUE, claim.job)
  else
    due[#due + 1] = next_due
    due[#due + 1] = claim.job
  end
end
if #runs > 0 then
  redis.call('HSET', RUNS, unpack(runs))
  redis.call('ZADD', READY, unpack(ready))
  redis.call('PUBLISH', HINTS, 'ready')
end
if #due > 0 then redis.call('ZADD', DUE, unpack(due)) end
return replies
