-- What a page of a list answers of its jobs.
--
-- KEYS     SEARCHED
include 'found'

-- The jobs themselves, or of each what a search compares, '' where there is nothing.
local function answer_of(next_place, places, ids, parts)
  local reply = { next_place, table.concat(places, ' ') }
  if parts == 'jobs' or #ids == 0 then return add_jobs(reply, ids, true) end
  for n, searched in ipairs(redis.call('HMGET', SEARCHED, unpack(ids))) do
    reply[n + 2] = searched or ''
  end
  return reply
end
