-- Gives a replica what it owns under a token, of which it does not know whether a claim handed anything to
-- it. No claim hands over more under that token, however late it comes.
--
-- KEYS     DEFINITIONS
-- ARGV     replica  the asking replica
--          token    under which it had claimed
-- RETURNS  of each run: id, record, the job's definition, payload ('' for none), the token with which its
--          receiver reports its completion ('' where it does not)
include 'drains'
include 'attempts'

local REMEMBERED_FOR = 3600

local owner = replica .. '/' .. token
redis.call('SET', closed_key(owner), '1', 'EX', REMEMBERED_FOR)
local reply = {}
each_in_flight(function(run, record)
  if run.owner == owner then
    local definition = redis.call('HGET', DEFINITIONS, job_of(run.id))
    if definition then give(reply, run, record, definition) end
  end
end)
return reply
