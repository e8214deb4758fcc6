-- Lists jobs in the order of their ids.
--
-- ARGV     tags   joined by spaces: a job has all of them
--          lists  each <state>:<outcome>, joined by spaces: a job is in one of them; '' for any, if
--                 there are tags
--          after  the id behind which to begin; '' at the beginning
--          most   how many jobs to answer
--          looks  how many jobs to look at
--          parts  'jobs' for the jobs with their latest runs, 'searched' for what a search compares
-- RETURNS  the id behind which the list goes on ('' at its end), the ids of the jobs joined by spaces,
--          then the parts of each job
include 'filters'
include 'listed'

local MOST_AT_ONCE = 500

local driver, _, others = narrowest_of(conditions_of(tags, lists))
-- One more, to know whether there is one.
local wanted, left = tonumber(most) + 1, tonumber(looks)
local found, at_once, ended = {}, math.min(wanted, MOST_AT_ONCE), false
local bound, latest = after == '' and '-' or '(' .. after, after
while #found < wanted and left > 0 and not ended do
  bound = leap(others, bound)
  if not bound then break end
  local asked = math.min(at_once, left)
  local ids = next_ids(driver, bound, asked)
  for _, id in ipairs(passing(ids, others)) do found[#found + 1] = id end
  ended = #ids < asked
  latest = ids[#ids] or latest
  bound, left, at_once = '(' .. latest, left - #ids, math.min(2 * at_once, MOST_AT_ONCE)
end
local next_place = ''
if #found >= wanted then
  for n = #found, wanted, -1 do found[n] = nil end
  next_place = found[wanted - 1]
elseif bound and not ended then
  next_place = latest
end
return answer_of(next_place, found, found, parts)
