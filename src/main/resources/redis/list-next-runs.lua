-- Lists jobs in the order of their next occurrences, those of one instant by id; jobs without one are
-- left out. Most jobs are due at their next occurrence, the others are in DISPLACED. A place in this list
-- is <next occurrence, ms>@<id>.
--
-- KEYS     DUE DISPLACED
-- ARGV     tags    joined by spaces: a job has all of them
--          lists   each <state>:<outcome>, joined by spaces: a job is in one of them; '' for any
--          after   the place behind which to begin; '' at the beginning
--          most    how many jobs to answer
--          looks   how many jobs to look at
--          parts   'jobs' for the jobs with their latest runs, 'searched' for what a search compares
-- RETURNS  the place behind which the list goes on ('' at its end), the places of the jobs joined by
--          spaces, then the parts of each job
include 'filters'
include 'listed'

local MOST_AT_ONCE = 500
-- Of each sorted set: one of the two may have few that are wanted.
local MOST_READ = 100
-- So few jobs are sorted instead of looked for among all that are due.
local MOST_SORTED = 1000

-- One more than asked for, to know whether there is one.
local wanted, left = tonumber(most) + 1, tonumber(looks)
-- Ids in their order, and of each the next occurrence as Redis writes it.
local found, instants = {}, {}
local after_instant, after_id = string.match(after, '^(%d+)@(.+)$')
local conditions = conditions_of(tags, lists)

local function place_of(instant, id) return instant .. '@' .. id end

local function add_found(ids)
  for _, id in ipairs(ids) do
    if #found == wanted then return end
    found[#found + 1] = id
  end
end

-- The rank of a sorted set's first member behind the place.
local function rank_behind(key)
  if not after_instant then return 0 end
  local low = redis.call('ZCOUNT', key, '-inf', '(' .. after_instant)
  local high = redis.call('ZCOUNT', key, '-inf', after_instant)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if is_before(after_id, redis.call('ZRANGE', key, middle, middle)[1]) then
      high = middle
    else
      low = middle + 1
    end
  end
  return low
end

-- A sorted set that is read page by page from behind the place on.
local function walk_of(key)
  return { key = key, rank = rank_behind(key), at = 1, count = 0, ended = false }
end

local function read_page(walk, most_ids)
  local page = redis.call('ZRANGE', walk.key, walk.rank, walk.rank + most_ids - 1, 'WITHSCORES')
  local ids, instants_of_page, count = {}, {}, 0
  for n = 1, #page, 2 do
    -- Behind the last instant are those without one.
    if page[n + 1] == 'inf' then break end
    count = count + 1
    ids[count], instants_of_page[count] = page[n], page[n + 1]
  end
  walk.ids, walk.instants, walk.count, walk.at = ids, instants_of_page, count, 1
  walk.rank, walk.ended = walk.rank + most_ids, count < most_ids
  -- What is displaced has its place by another instant, or none.
  walk.passed_over = walk.key == DUE and count > 0
    and redis.call('ZMSCORE', DISPLACED, unpack(ids)) or {}
end

local function has_next(walk, most_ids)
  if walk.at > walk.count and not walk.ended then read_page(walk, most_ids) end
  return walk.at <= walk.count
end

local function is_sooner(walk, other)
  local instant, other_instant = walk.instants[walk.at], other.instants[other.at]
  if instant == other_instant then return is_before(walk.ids[walk.at], other.ids[other.at]) end
  return tonumber(instant) < tonumber(other_instant)
end

-- Looks through all that are due. Answers the place behind which to go on, '' where there is nothing.
local function look_through()
  local by_due, by_next = walk_of(DUE), walk_of(DISPLACED)
  local at_once, latest_instant, latest_id = math.min(wanted, MOST_AT_ONCE), nil, nil
  while #found < wanted do
    local ids = {}
    for _ = 1, at_once do
      local walk = has_next(by_due, math.min(at_once, MOST_READ)) and by_due
      if has_next(by_next, math.min(at_once, MOST_READ)) and (not walk or is_sooner(by_next, by_due)) then
        walk = by_next
      end
      if not walk or left == 0 then
        add_found(passing(ids, conditions))
        return walk and place_of(latest_instant, latest_id) or ''
      end
      latest_instant, latest_id = walk.instants[walk.at], walk.ids[walk.at]
      if not walk.passed_over[walk.at] then
        ids[#ids + 1] = latest_id
        instants[latest_id] = latest_instant
      end
      walk.at, left = walk.at + 1, left - 1
    end
    add_found(passing(ids, conditions))
    at_once = math.min(2 * at_once, MOST_AT_ONCE)
  end
  return ''
end

-- Sorts the jobs that fulfil the narrowest condition.
local function sort_few(driver, others)
  local ids = passing(next_ids(driver, '-', MOST_SORTED), others)
  if #ids == 0 then return end
  local dues = redis.call('ZMSCORE', DUE, unpack(ids))
  local displaced = redis.call('ZMSCORE', DISPLACED, unpack(ids))
  local ids_at, order = {}, {}
  for n, id in ipairs(ids) do
    local known = displaced[n] or dues[n]
    if known and known ~= 'inf' then
      local instant = tonumber(known)
      if not ids_at[instant] then
        ids_at[instant] = {}
        order[#order + 1] = instant
      end
      instants[id] = known
      table.insert(ids_at[instant], id)
    end
  end
  table.sort(order)
  local begin = tonumber(after_instant) or -1
  for _, instant in ipairs(order) do
    if instant > begin then
      add_found(ids_at[instant])
    elseif instant == begin then
      local behind = {}
      for _, id in ipairs(ids_at[instant]) do
        if is_before(after_id, id) then behind[#behind + 1] = id end
      end
      add_found(behind)
    end
  end
end

local driver, size, others = narrowest_of(conditions)
local next_place = ''
if driver and size <= MOST_SORTED then sort_few(driver, others) else next_place = look_through() end
if #found == wanted then
  found[wanted] = nil
  next_place = place_of(instants[found[wanted - 1]], found[wanted - 1])
end
local places = {}
for n, id in ipairs(found) do places[n] = place_of(instants[id], id) end
return answer_of(next_place, places, found, parts)
