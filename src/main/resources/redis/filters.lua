-- What narrows a list of jobs. A condition is an array of keys of lists, in one of which a job has to be;
-- a filter is an array of conditions, which all have to hold. No job is read to judge them.
include 'lists'

-- Whether one text comes before another byte by byte, as Redis sorts: Lua's own order is that of the
-- locale in which the server was started.
local function is_before(one, other)
  for n = 1, math.min(#one, #other) do
    local byte, other_byte = string.byte(one, n), string.byte(other, n)
    if byte ~= other_byte then return byte < other_byte end
  end
  return #one < #other
end

-- tags: joined by spaces; lists: each <state>:<outcome>, joined by spaces; '' for any
local function conditions_of(tags, lists)
  local conditions, listed = {}, {}
  for tag in string.gmatch(tags, '%S+') do conditions[#conditions + 1] = { tag_key(tag) } end
  for state, outcome in string.gmatch(lists, '([^%s:]+):(%S+)') do
    listed[#listed + 1] = listed_key(state, outcome)
  end
  if #listed > 0 then conditions[#conditions + 1] = listed end
  return conditions
end

-- The condition that the fewest jobs fulfil, how many do, and the other conditions; nil where there are
-- no conditions.
local function narrowest_of(conditions)
  local narrowest, least
  for n, keys in ipairs(conditions) do
    local size = 0
    for _, key in ipairs(keys) do size = size + redis.call('ZCARD', key) end
    if not least or size < least then narrowest, least = n, size end
  end
  local others = {}
  for n, keys in ipairs(conditions) do
    if n ~= narrowest then others[#others + 1] = keys end
  end
  return conditions[narrowest], least, others
end

-- The next ids of several lists, merged, from a bound as ZRANGEBYLEX has it.
local function next_ids(keys, bound, most)
  local pages = {}
  -- Sorted by their next ids; most pages are only behind a few of the others.
  local function insert(page)
    local n = #pages
    while n > 0 and is_before(page.ids[page.at], pages[n].ids[pages[n].at]) do
      pages[n + 1] = pages[n]
      n = n - 1
    end
    pages[n + 1] = page
  end
  for _, key in ipairs(keys) do
    local ids = redis.call('ZRANGEBYLEX', key, bound, '+', 'LIMIT', 0, most)
    if #keys == 1 then return ids end
    if #ids > 0 then insert({ ids = ids, at = 1 }) end
  end
  if #pages == 1 then return pages[1].ids end
  local merged = {}
  while #pages > 0 and #merged < most do
    local page = table.remove(pages, 1)
    local id = page.ids[page.at]
    if merged[#merged] ~= id then merged[#merged + 1] = id end
    page.at = page.at + 1
    if page.at <= #page.ids then insert(page) end
  end
  return merged
end

-- The first bound, from one on, behind which every condition has a job; nil where there is none. So lists
-- that have little in common are not walked through.
local function leap(conditions, bound)
  for _, keys in ipairs(conditions) do
    local first = next_ids(keys, bound, 1)[1]
    if not first then return nil end
    bound = '[' .. first
  end
  return bound
end

-- Those of some jobs for which all conditions hold.
local function passing(ids, conditions)
  for _, keys in ipairs(conditions) do
    if #ids == 0 then return ids end
    local is_in, left = {}, {}
    for _, key in ipairs(keys) do
      local scores = redis.call('ZMSCORE', key, unpack(ids))
      for n = 1, #ids do is_in[n] = is_in[n] or scores[n] end
    end
    for n, id in ipairs(ids) do
      if is_in[n] then left[#left + 1] = id end
    end
    ids = left
  end
  return ids
end
