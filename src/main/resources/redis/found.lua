-- Reads jobs, each as it is at this moment.
--
-- KEYS     JOBS DEFINITIONS PAUSES DUE
include 'history'

-- Adds to a reply, of each job, its record ('' when it is absent), definition, pause, latest run ('' when
-- it is not asked for) and due instant ('' for none).
local function add_jobs(reply, ids, with_runs)
  if #ids == 0 then return reply end
  local records = redis.call('HMGET', JOBS, unpack(ids))
  local definitions = redis.call('HMGET', DEFINITIONS, unpack(ids))
  local pauses = redis.call('HMGET', PAUSES, unpack(ids))
  local instants = redis.call('ZMSCORE', DUE, unpack(ids))
  for n, id in ipairs(ids) do
    local i = #reply
    reply[i + 1] = definitions[n] and records[n] or ''
    reply[i + 2] = definitions[n] or ''
    reply[i + 3] = pauses[n] or ''
    local latest = ''
    if with_runs and records[n] then
      local read, entry = pcall(latest_run, id)
      -- A damaged history hides no job.
      if read then latest = entry end
    end
    reply[i + 4] = latest
    reply[i + 5] = instants[n] or ''
  end
  return reply
end
