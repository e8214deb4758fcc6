-- Looks at one part of the ledger after another for what must not be; changes nothing.
-- Every change of the ledger is one script, so between two scripts there is no lawful half of a change.
-- Everything is judged within one call, from what this very call reads; only the scan goes on from call
-- to call. A scan may show a thing twice, and then reports its findings twice.
--
-- KEYS     SCHEDULER JOBS RUNS READY INFLIGHT AWAITING QUEUED WAIT PROMOTIONS DUE DEFINITIONS
--          SEARCHED DISPLACED
-- ARGV     from  where to begin, as an earlier call answered it; '' at the beginning
--          most  about how many things to look at
-- RETURNS  where the next call begins ('' at the end), then of each finding: the run, the job or
--          'scheduler'; and the broken rule:
--          missing:<index>  its state demands that it is there
--          stray:<index>    its state does not allow that it is there
--          unknown:<index>  it is there, but the run or the job is not known ('job': a run of no job)
--          state            no run under way can be in its state
--          more             what its record says of run:<id> is not so
--          place            a place in WAIT and the job's record of it do not agree
--          over-limit       more runs hold slots than may, and not because the limit was lowered; told
--                           once in a call
--          stuck            a run waits although nothing is in its way, and no call will let it go on
include 'slots'

local most_things = tonumber(most)
local reply, looked = { '' }, 0
local part, cursor, name = string.match(from, '^(%S+) (%S+) (%S*)$')
if not part then part, cursor, name = 'scheduler', '0', '' end

local NEXT_PART = {
  scheduler = 'runs', runs = 'ready', ready = 'inflight', inflight = 'awaiting', awaiting = 'queued',
  queued = 'wait', wait = 'due', due = 'displaced', displaced = 'jobs', jobs = 'searched',
  searched = 'listed',
}
local KEY_OF_PART = {
  ready = READY, inflight = INFLIGHT, awaiting = AWAITING, queued = QUEUED, wait = WAIT, due = DUE,
  displaced = DISPLACED,
}
local LISTS = {}
for _, state in ipairs({ 'active', 'paused', 'completed' }) do
  for _, outcome in ipairs({ 'none', 'succeeded', 'failed', 'cancelled' }) do
    LISTS[#LISTS + 1] = listed_key(state, outcome)
  end
end
local INDEXES = { 'ready', 'inflight', 'owner', 'awaiting', 'holding', 'wait', 'wait-of-job', 'queued' }
local function demands(...)
  local set = {}
  for _, index in ipairs({ ... }) do set[index] = true end
  return set
end
local DEMANDED = {
  ready = demands('ready', 'holding'),
  retrying = demands('ready', 'holding'),
  running = demands('inflight', 'owner', 'holding'),
  ['awaiting-completion'] = demands('awaiting', 'holding'),
  ['queued at the scheduler'] = demands('wait'),
  queued = demands('wait-of-job'),
}

local function finding(subject, rule)
  reply[#reply + 1] = subject
  reply[#reply + 1] = rule
end

-- One run after another may show that too many of them hold slots.
local over_limit = {}
local function over(subject)
  if not over_limit[subject] then finding(subject, 'over-limit') end
  over_limit[subject] = true
end

local function slots_of(job)
  return count_holding(job) + (job.at_scheduler ~= '' and 1 or 0)
end

-- A limit may be exceeded only by runs from before it was what it is: a lowered limit ends no run. A run
-- bears the revision under which it was accepted, and the limit of one revision never changes; of the
-- scheduler's, which bears none, the order of coming tells what came after it.
local function judge_slots(job, run)
  local limit = terms_of(job).limit
  if limit > 0 and run.revision == job.revision and slots_of(job) > limit then over(job.id) end
  local is = redis.call('HMGET', SCHEDULER, 'limit', 'limitSince')
  local limit_of_all = is[1] and is[1] ~= '0' and tonumber(is[1])
  if limit_of_all and is[2] and run.slot > tonumber(is[2])
    and holding_in_all > limit_of_all then
    over('scheduler')
  end
end

local function judge_run(id, record)
  local job_id = job_of(id) or ''
  local job, run = job_at(job_id), read_run(record)
  if not job then finding(id, 'unknown:job') end
  if not run then
    finding(id, 'state')
    return
  end
  local is_in = {
    ready = redis.call('ZSCORE', READY, id),
    inflight = redis.call('ZSCORE', INFLIGHT, id),
    owner = run.owner ~= '',
    awaiting = redis.call('ZSCORE', AWAITING, id),
    wait = redis.call('ZSCORE', WAIT, id),
    ['wait-of-job'] = redis.call('ZSCORE', wait_key(job_id), id),
    queued = redis.call('ZSCORE', QUEUED, id),
  }
  local state = run.state
  if state == 'queued' and is_in.wait then state = 'queued at the scheduler' end
  local demanded = DEMANDED[state]
  if not demanded then
    finding(id, 'state')
    return
  end
  -- A job that is not there names none of its runs.
  if job then is_in.holding = is_holding(job, id) else is_in.holding = demanded.holding end
  demanded.queued = is_in.wait or is_in['wait-of-job']
  for _, index in ipairs(INDEXES) do
    if demanded[index] and not is_in[index] then
      finding(id, 'missing:' .. index)
    elseif is_in[index] and not demanded[index] then
      finding(id, 'stray:' .. index)
    end
  end
  if (run.more == 1) ~= (redis.call('EXISTS', run_key(id)) == 1) then finding(id, 'more') end
  if job and (is_in.holding or is_in.wait) then judge_slots(job, run) end
end

-- A member of an index; where its run is known, that run is judged for itself.
local function judge_member(index, id)
  if index == 'due' or index == 'displaced' or index == 'searched' then
    if not job_at(id) then finding(id, 'unknown:' .. index) end
    return
  end
  if redis.call('HEXISTS', RUNS, id) == 0 then finding(id, 'unknown:' .. index) end
  if index == 'wait' then
    local job = job_at(job_of(id) or '')
    if not job or job.at_scheduler ~= id then finding(id, 'place') end
  end
end

-- A job that is due at another instant than its next occurrence is in DISPLACED with that, and its record
-- says that it is.
local function judge_displaced(job, instant)
  local displaced = redis.call('ZSCORE', DISPLACED, job.id)
  local next_run = job.state == 'active' and job.next or 0
  if instant and instant ~= next_run then
    local known = tonumber(displaced) == next_run
    if next_run == 0 then known = displaced == 'inf' end
    if job.displaced == 0 or not known then finding(job.id, 'missing:displaced') end
  elseif job.displaced == 1 or displaced then
    finding(job.id, 'stray:displaced')
  end
end

local function judge_due(job, waiting)
  local instant = redis.call('ZSCORE', DUE, job.id)
  -- An active job may have nothing due while its runs are under way, if it rests between them, or where
  -- only events start it.
  local rests = terms_of(job).rests == 1
  local pause = job.state == 'paused' and read_pause(redis.call('HGET', PAUSES, job.id) or '')
  local demanded = job.state == 'active'
    and (job.next > 0 or rests and slots_of(job) == 0 and waiting == 0)
    or pause and pause.resumes_at > 0
  if demanded and not instant then
    finding(job.id, 'missing:due')
  elseif instant and not demanded and job.state ~= 'active' then
    finding(job.id, 'stray:due')
  else
    judge_displaced(job, tonumber(instant))
  end
end

local function judge_job(id)
  local job = job_at(id)
  if not job then
    finding(id, 'state')
    return
  end
  if redis.call('HEXISTS', DEFINITIONS, id) == 0 then finding(id, 'missing:definition') end
  if redis.call('HEXISTS', SEARCHED, id) == 0 then finding(id, 'missing:searched') end
  for tag in string.gmatch(job.tags, '%S+') do
    if not redis.call('ZSCORE', tag_key(tag), id) then finding(id, 'missing:tag') end
  end
  if not redis.call('ZSCORE', listed_key(job.state, job.outcome), id) then
    finding(id, 'missing:listed')
  end
  local waiting = redis.call('ZCARD', wait_key(id))
  judge_due(job, waiting)
  for _, run in ipairs(ids_holding(job)) do
    looked = looked + 1
    if redis.call('HEXISTS', RUNS, run) == 0 then finding(run, 'unknown:holding') end
  end
  if job.at_scheduler ~= '' and not redis.call('ZSCORE', WAIT, job.at_scheduler) then
    finding(id, 'place')
  end
  local limit = terms_of(job).limit
  local full = limit > 0 and slots_of(job) >= limit
  if waiting > 0 and not full and job.at_scheduler == ''
    and not redis.call('ZSCORE', PROMOTIONS, id) then
    finding(id, 'stuck')
  end
end

local function judge_scheduler()
  local limit = tonumber(redis.call('HGET', SCHEDULER, 'limit') or '0')
  if redis.call('ZCARD', WAIT) > 0 and (limit == 0 or holding_in_all < limit)
    and not redis.call('ZSCORE', PROMOTIONS, ALL_JOBS) then
    finding('scheduler', 'stuck')
  end
end

local function judge_tagged(tag)
  return function(id)
    local job = job_at(id)
    if not job then
      finding(id, 'unknown:tag')
    elseif not string.find(' ' .. job.tags .. ' ', ' ' .. tag .. ' ', 1, true) then
      finding(id, 'stray:tag')
    end
  end
end

-- A page of a hash or a sorted set: each member, with its value or score.
local function page(command, key, judge)
  local found = redis.call(command, key, cursor, 'COUNT', most)
  cursor = found[1]
  for i = 1, #found[2], 2 do judge(found[2][i], found[2][i + 1]) end
  looked = looked + 1 + #found[2] / 2
  return cursor == '0'
end

local function members_of(index)
  return function(id) judge_member(index, id) end
end

-- Names of keys are read faster than what the others look at.
local KEYS_PER_THING = 10

-- Some more tags, joined by commas. Nothing names them all, so all keys are gone through.
local function next_tags()
  local all = tag_key('')
  local found = redis.call('SCAN', cursor, 'MATCH', all .. '*', 'TYPE', 'zset',
    'COUNT', digits(most_things * KEYS_PER_THING))
  cursor = found[1]
  looked = looked + most_things
  local tags = {}
  for n, key in ipairs(found[2]) do tags[n] = string.sub(key, #all + 1) end
  return table.concat(tags, ',')
end

-- The next job of the lists, in the list that `cursor` counts.
local function next_listed()
  while tonumber(cursor) < #LISTS do
    local after = name == '' and '-' or '(' .. name
    local id = redis.call('ZRANGEBYLEX', LISTS[cursor + 1], after, '+', 'LIMIT', 0, 1)[1]
    looked = looked + 1
    if id then return id end
    cursor, name = digits(cursor + 1), ''
  end
end

while part and looked < most_things do
  if part == 'scheduler' then
    judge_scheduler()
    part = NEXT_PART[part]
  elseif part == 'listed' then
    name = next_listed()
    if name then
      local job = job_at(name)
      if not job then
        finding(name, 'unknown:listed')
      elseif LISTS[cursor + 1] ~= listed_key(job.state, job.outcome) then
        finding(name, 'stray:listed')
      end
      -- Where a job has many waiting runs, this goes on in the next call.
      part, cursor = 'wait-of-job', cursor .. ':0'
    else
      part, cursor, name = 'tags', '0', ''
    end
  elseif part == 'tags' then
    name = next_tags()
    part, cursor = 'tagged', cursor .. ':0'
  elseif part == 'tagged' then
    local scan, inner = string.match(cursor, '^(%d+):(%d+)$')
    local tag = string.match(name, '^[^,]+')
    cursor = inner
    if not tag then
      part, cursor = scan ~= '0' and 'tags' or nil, scan
    elseif page('ZSCAN', tag_key(tag), judge_tagged(tag)) then
      cursor, name = scan .. ':0', string.sub(name, #tag + 2)
    else
      cursor = scan .. ':' .. cursor
    end
  elseif part == 'wait-of-job' then
    local list_of_job, inner = string.match(cursor, '^(%d+):(%d+)$')
    cursor = inner
    if page('ZSCAN', wait_key(name), members_of(part)) then
      part, cursor = 'listed', list_of_job
    else
      cursor = list_of_job .. ':' .. cursor
    end
  elseif part == 'runs' then
    if page('HSCAN', RUNS, judge_run) then part = NEXT_PART[part] end
  elseif part == 'jobs' then
    if page('HSCAN', JOBS, judge_job) then part = NEXT_PART[part] end
  elseif part == 'searched' then
    if page('HSCAN', SEARCHED, members_of(part)) then part = NEXT_PART[part] end
  else
    if page('ZSCAN', KEY_OF_PART[part], members_of(part)) then part = NEXT_PART[part] end
  end
end
if part then reply[1] = part .. ' ' .. cursor .. ' ' .. (name or '') end
return reply
