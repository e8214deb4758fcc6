-- with: endings slots
-- Deletes a job with its runs and their history. What is being delivered ends unrecorded.
-- ARGV    id, revision
-- Returns 1, or 0 when there is no such job or its revision is another
local id = ARGV[1]
local key = job_key(id)
local was = redis.call('HMGET', key, 'rev', 'tags', 'state')
if was[1] ~= ARGV[2] then return 0 end

local function drop(run_id)
  local record = redis.call('HGET', RUNS, run_id)
  if record then
    local run = read_run(record)
    run.state = 'cancelled'
    tell('run.cancelled', id, was[2], run_id, write_run(run), 'reason', 'deleted')
  end
  leave_queues(run_id)
  redis.call('HDEL', RUNS, run_id)
  redis.call('ZREM', ACTIVE, run_id)
  redis.call('DEL', run_key(run_id))
end
for _, run_id in ipairs(redis.call('ZRANGE', wait_key(id), 0, -1)) do drop(run_id) end
local place = redis.call('HGET', key, 'place') or ''
if place ~= '' then drop(place) end
for _, run_id in ipairs(redis.call('ZRANGEBYLEX', ACTIVE, first_of(id), behind_last_of(id))) do
  drop(run_id)
end

redis.call('ZREM', JOBS, id)
redis.call('ZREM', DUE, id)
redis.call('ZREM', state_key(was[3]), id)
for tag in string.gmatch(was[2], '%S+') do redis.call('ZREM', tag_key(tag), id) end
redis.call('DEL', key, wait_key(id), history_key(id))
tell('job.deleted', id, was[2], '', '', 'revision', was[1])
promote({}, digits(now()))
redis.call('PUBLISH', HINTS, 'job ' .. id .. ' ')
return 1
