-- Looks at one part of the ledger after another for what must not be; changes nothing.
-- Every change of the ledger is one script, so between two scripts there is no lawful half of a change.
-- Whatever is judged is therefore judged within one call, from what this very call reads; only the scan
-- goes on from call to call. What comes or goes between two calls is seen or is not, but never seen half.
-- A scan may show a thing twice, and then tells twice what is wrong with it.
-- ARGV    where to begin, as an earlier call answered it ('' at the beginning), and about how many things
--         to look at
-- Returns where the next call begins ('' at the end), then of each violation: the run, the job or
--         'scheduler'; and the rule that is broken:
--         missing:<index>  its state demands that it is there
--         stray:<index>    its state does not allow that it is there
--         unknown:<index>  it is there, but the run or the job is not known ('job': a run of no job)
--         state            no active run can be in its state
--         more             what its record says of run:<id> is not so
--         place            a place in WAIT and the field that tells of it do not agree
--         score            it is in ACTIVE with a score of its own, where those of a job are then not found
--         over-limit       more runs hold slots than may, and not because the limit was lowered; told once
--                          in a call
--         stuck            a run waits although nothing is in its way
local most = tonumber(ARGV[2])
local reply, looked = { '' }, 0
local part, cursor, name = string.match(ARGV[1], '^(%S+) (%d+) (%S*)$')
if not part then part, cursor, name = 'scheduler', '0', '' end

local NEXT_PART = {
  scheduler = 'runs', runs = 'ready', ready = 'inflight', inflight = 'awaiting', awaiting = 'active',
  active = 'wait', wait = 'due', due = 'jobs',
}
local KEY_OF_PART = {
  ready = READY, inflight = INFLIGHT, awaiting = AWAITING, active = ACTIVE, wait = WAIT, due = DUE,
}
local INDEXES = { 'ready', 'inflight', 'owner', 'awaiting', 'active', 'wait', 'wait-of-job' }
local function demands(...)
  local set = {}
  for _, index in ipairs({ ... }) do set[index] = true end
  return set
end
local DEMANDED = {
  ready = demands('ready', 'active'),
  retrying = demands('ready', 'active'),
  running = demands('inflight', 'owner', 'active'),
  ['awaiting-completion'] = demands('awaiting', 'active'),
  ['queued at the scheduler'] = demands('wait'),
  queued = demands('wait-of-job'),
}

local function violation(what, rule)
  reply[#reply + 1] = what
  reply[#reply + 1] = rule
end

-- One run after another may show that too many of them hold slots.
local over_limit = {}
local function over(what)
  if not over_limit[what] then violation(what, 'over-limit') end
  over_limit[what] = true
end

local function job_named_by(id) return job_of(id) or '' end

-- A limit may be exceeded only by runs from before it was what it is: a lowered limit ends no run. A run
-- bears the revision under which it was accepted, and the limit of one revision never changes; of the
-- scheduler's, which bears none, the order of coming tells what came after it.
local function judge_slots(job, run)
  read_body(run)
  if job.limit and revision_of(run) == job.revision and slots_of(job.id, job.place) > job.limit then
    over(job.id)
  end
  local is = redis.call('HMGET', SCHEDULER, 'limit', 'limitSince')
  local limit = is[1] and is[1] ~= '0' and tonumber(is[1])
  if limit and is[2] and tonumber(run.slot) > tonumber(is[2])
    and redis.call('ZCARD', ACTIVE) > limit then
    over('scheduler')
  end
end

local function judge_run(id, record)
  local job = job_at_run(job_named_by(id))
  if not job.state then violation(id, 'unknown:job') end
  local run = read_run(record)
  local is_in = {
    ready = redis.call('ZSCORE', READY, id),
    inflight = redis.call('ZSCORE', INFLIGHT, id),
    owner = run.owner and run.owner ~= '',
    awaiting = redis.call('ZSCORE', AWAITING, id),
    active = redis.call('ZSCORE', ACTIVE, id),
    wait = redis.call('ZSCORE', WAIT, id),
    ['wait-of-job'] = redis.call('ZSCORE', wait_key(job.id), id),
  }
  local state = run.state
  if state == 'queued' and is_in.wait then state = 'queued at the scheduler' end
  local demanded = DEMANDED[state]
  if not demanded then
    violation(id, 'state')
    return
  end
  for _, index in ipairs(INDEXES) do
    if demanded[index] and not is_in[index] then
      violation(id, 'missing:' .. index)
    elseif is_in[index] and not demanded[index] then
      violation(id, 'stray:' .. index)
    end
  end
  if (run.more == '1') ~= (redis.call('EXISTS', run_key(id)) == 1) then violation(id, 'more') end
  if is_in.active or is_in.wait then judge_slots(job, run) end
end

-- What is in an index; where its run is known, that run is judged for itself.
local function judge_member(index, id, score)
  if index == 'due' then
    if redis.call('EXISTS', job_key(id)) == 0 then violation(id, 'unknown:due') end
    return
  end
  if redis.call('HEXISTS', RUNS, id) == 0 then violation(id, 'unknown:' .. index) end
  if index == 'active' and score ~= '0' then violation(id, 'score') end
  if index == 'wait' and redis.call('HGET', job_key(job_named_by(id)), 'place') ~= id then
    violation(id, 'place')
  end
end

local function judge_job(job)
  local is = redis.call('HMGET', job_key(job), 'state', 'next', 'restMin', 'pauseUntil', 'limit',
    'place')
  local state, limit, place = is[1], tonumber(is[5] or nil), is[6] or ''
  if not state then
    violation(job, 'unknown:jobs')
    return
  end
  local due = redis.call('ZSCORE', DUE, job)
  local running = slots_of(job, place)
  local waiting = redis.call('ZCARD', wait_key(job))
  -- An active job may have nothing due while its runs live, if it rests between them, or where only
  -- events start it.
  local rests = (is[3] or '') ~= ''
  local demanded = state == 'active'
    and ((is[2] or '') ~= '' or rests and running == 0 and waiting == 0)
    or state == 'paused' and (is[4] or '') ~= ''
  if demanded and not due then violation(job, 'missing:due') end
  if due and not demanded and state ~= 'active' then violation(job, 'stray:due') end
  if place ~= '' and not redis.call('ZSCORE', WAIT, place) then violation(job, 'place') end
  local full = limit and running >= limit
  if waiting > 0 and not full and place == '' then violation(job, 'stuck') end
end

local function judge_scheduler()
  local limit = tonumber(redis.call('HGET', SCHEDULER, 'limit') or '0')
  if redis.call('ZCARD', WAIT) > 0 and (limit == 0 or redis.call('ZCARD', ACTIVE) < limit) then
    violation('scheduler', 'stuck')
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
  return function(id, score) judge_member(index, id, score) end
end

while part and looked < most do
  if part == 'scheduler' then
    judge_scheduler()
    part = NEXT_PART[part]
  elseif part == 'jobs' then
    local from = name == '' and '-' or '(' .. name
    local job = redis.call('ZRANGEBYLEX', JOBS, from, '+', 'LIMIT', 0, 1)[1]
    looked = looked + 1
    if job then judge_job(job) end
    part, name = job and 'wait-of-job', job or ''
  elseif part == 'wait-of-job' then
    if page('ZSCAN', wait_key(name), members_of(part)) then part = 'jobs' end
  elseif part == 'runs' then
    if page('HSCAN', RUNS, judge_run) then part = NEXT_PART[part] end
  else
    if page('ZSCAN', KEY_OF_PART[part], members_of(part)) then part = NEXT_PART[part] end
  end
end
if part then reply[1] = part .. ' ' .. cursor .. ' ' .. name end
return reply
