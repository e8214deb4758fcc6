-- Reads jobs, each as it is at this moment.
--
-- KEYS     JOBS DEFINITIONS PAUSES DUE
-- ARGV     with_runs  '1' to read their latest runs too
-- ITEM     job        word  id
-- RETURNS  of each item its record ('' when it is absent), definition, pause, latest run and due instant
--          ('' for none)
include 'history'

local ids = {}
for n = 1, ITEMS do ids[n] = item(n).job end
if #ids == 0 then return {} end
local records = redis.call('HMGET', JOBS, unpack(ids))
local definitions = redis.call('HMGET', DEFINITIONS, unpack(ids))
local pauses = redis.call('HMGET', PAUSES, unpack(ids))
local instants = redis.call('ZMSCORE', DUE, unpack(ids))
local reply = {}
for n, id in ipairs(ids) do
  local i = 5 * (n - 1)
  reply[i + 1] = definitions[n] and records[n] or ''
  reply[i + 2] = definitions[n] or ''
  reply[i + 3] = pauses[n] or ''
  local latest = ''
  if with_runs == '1' and records[n] then
    local read, entry = pcall(latest_run, id)
    -- A damaged history hides no job.
    if read then latest = entry end
  end
  reply[i + 4] = latest
  reply[i + 5] = instants[n] or ''
end
return reply
