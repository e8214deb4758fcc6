-- with: attempts
-- Gives a replica what it has under a token, of which it does not know whether a claim handed anything to
-- it. No claim hands it more under that token, however late it comes.
-- ARGV    replica, token
-- Returns of each run: id, record, the job's definition, payload ('' for none), the token under which its
--         receiver reports ('' where it does not)
local owner = ARGV[1] .. '/' .. ARGV[2]
redis.call('SET', closed_key(owner), '1', 'EX', 3600)
local reply = {}
each_in_flight(function(id, record)
  local run = read_run(record)
  if run.owner == owner then
    -- What cannot be read of one job keeps no other from being delivered.
    local job = redis.pcall('HMGET', job_key(job_of(id)), 'def')
    if job[1] then give(reply, id, record, job[1], run.more) end
  end
end)
return reply
