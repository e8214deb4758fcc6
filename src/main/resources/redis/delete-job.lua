-- Deletes a job with its runs and their history. A delivery under way ends unrecorded.
--
-- KEYS     RUNS DEFINITIONS PAUSES SEARCHED
-- ARGV     job       id
--          revision  the revision that the caller saw
-- RETURNS  1, or 0 when there is no such job or its revision is another
include 'slots'

local function change()
  local deleted = job_at(job)
  if not deleted or deleted.revision ~= tonumber(revision) then return 0 end

  local function drop(id)
    local run = run_at(id)
    leave_queues(nil, id)
    if not run then return end
    if run.state ~= 'queued' then holding_in_all = holding_in_all - 1 end
    run.state = 'cancelled'
    tell_run('run.cancelled', deleted, run, write_run(run), 0, 0, '', 'deleted')
    forget_run(run)
  end
  for _, id in ipairs(redis.call('ZRANGE', wait_key(job), 0, -1)) do drop(id) end
  if deleted.at_scheduler ~= '' then drop(deleted.at_scheduler) end
  for _, id in ipairs(ids_holding(deleted)) do drop(id) end

  redis.call('ZREM', listed_key(deleted.state, deleted.outcome), job)
  for tag in string.gmatch(deleted.tags, '%S+') do redis.call('ZREM', tag_key(tag), job) end
  redis.call('HDEL', DEFINITIONS, job)
  redis.call('HDEL', SEARCHED, job)
  redis.call('HDEL', PAUSES, job)
  redis.call('DEL', wait_key(job), history_key(job), holding_key(job))
  set_due_at(deleted, 0)
  save(deleted)
  remove_job(deleted)
  tell_job('job.deleted', deleted)
  promote({}, now())
  redis.call('PUBLISH', HINTS, 'job ' .. job .. ' ')
  return 1
end

return conclude(change)
