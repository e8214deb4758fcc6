-- Deletes a job with its runs and their history. A delivery under way ends unrecorded.
--
-- KEYS     RUNS DEFINITIONS PAUSES SEARCHED
-- ARGV     job_id
--          revision  the revision that the caller saw
-- RETURNS  1, or 0 when there is no such job or its revision is another
include 'drains'
include 'slots'

local function change()
  local job = job_at(job_id)
  if not job or job.revision ~= tonumber(revision) then return 0 end
  check_tags(job.tags)
  check_state(job, job.state, terms_of(job))
  local waiting, holding = redis.call('ZRANGE', wait_key(job_id), 0, -1), ids_holding(job)

  local function drop(id)
    local run = run_at(id)
    leave_queues(nil, id)
    if not run then return end
    if run.state ~= 'queued' then holding_in_all = holding_in_all - 1 end
    run.state = 'cancelled'
    tell_run('run.cancelled', job, run, write_run(run), 0, 0, '', reason 'deleted')
    forget_run(run)
  end
  for _, id in ipairs(waiting) do drop(id) end
  if job.at_scheduler ~= '' then drop(job.at_scheduler) end
  for _, id in ipairs(holding) do drop(id) end

  redis.call('ZREM', listed_key(job.state, job.outcome), job_id)
  for tag in string.gmatch(job.tags, '%S+') do redis.call('ZREM', tag_key(tag), job_id) end
  redis.call('HDEL', DEFINITIONS, job_id)
  redis.call('HDEL', SEARCHED, job_id)
  redis.call('HDEL', PAUSES, job_id)
  redis.call('DEL', wait_key(job_id), history_key(job_id), holding_key(job_id))
  set_due_at(job, 0)
  save(job)
  remove_job(job)
  tell_job('job.deleted', job)
  promote({}, now())
  redis.call('PUBLISH', HINTS, 'job ' .. job_id .. ' ')
  return 1
end

return conclude(change)
