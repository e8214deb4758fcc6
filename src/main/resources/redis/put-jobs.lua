-- Creates or replaces jobs, each by itself.
--
-- KEYS     JOBS DEFINITIONS PAUSES SEARCHED
-- ITEM     job         word    id
--          revision    count   the revision that it replaces; 0 for none
--          seen_next   millis  the next occurrence of the job that it replaces, as the caller saw it: a
--                              claim, or the end of a run, moves it without moving the revision
--          anchor      word    from where its schedule is counted, ms
--          definition  text    opaque
--          searched    text    what a search compares of it, opaque
--          timeout     count   how long one attempt may take, ms
--          terms       text    what the scripts obey of the definition
--          tags        word    joined by spaces
--          state       word    active | paused | completed
--          pause       text    the record of its pause; empty where it is not paused
--          at          millis  now, by the caller's clock
--          next        millis  the next occurrence, which a pause holds back; 0 for none
--          next_due    millis  the same with jitter, or the end of the pause; 0 for none
--          key         word    the idempotency key under which it is created; empty for none
--          token       word    of the key's claim
-- RETURNS  of each item five values: 'written', its record as it stands now, when it was created (ms),
--          '' and its latest run; 'made', where it was made under its key already, its record, its
--          definition, its pause and its latest run; 'failed', the error and '' three times; else
--          'conflict', when its revision or its next occurrence is another or an earlier item wrote
--          it, or 'claim-lost', and '' four times
include 'grows'
include 'slots'
include 'idempotency'

-- The leader looks so far ahead by itself.
local SEEN_ANYWAY_MS = 10000

local definitions = write_with_jobs(changes_of(DEFINITIONS, 'HSET', 'HDEL'))
local searched = write_with_jobs(changes_of(SEARCHED, 'HSET', 'HDEL'))

-- Redis' time in base 36: a counter could come back after a roll-back.
local function new_incarnation()
  local incarnation, rest = '', now()
  while rest > 0 do
    local digit = rest % 36
    incarnation = string.sub('0123456789abcdefghijklmnopqrstuvwxyz', digit + 1, digit + 1)
      .. incarnation
    rest = math.floor(rest / 36)
  end
  return incarnation
end

-- As this script has changed it so far.
local function definition_of(job)
  return definitions.by[job.id] or redis.call('HGET', DEFINITIONS, job.id) or ''
end

local function created_of(job) return string.match(definition_of(job), '^(%d+)|') end

local function new_job(id, wanted)
  local job = blank_job()
  job.id, job.incarnation, job.updated, job.outcome = id, new_incarnation(), wanted.at, 'none'
  return job
end

-- Fails where an index is damaged that an item is about to change.
local function check_indexes(job, wanted)
  if job.tags ~= wanted.tags then check_tags(job.tags .. ' ' .. wanted.tags) end
  local terms = wanted.terms ~= '' and read_terms(wanted.terms) or NO_TERMS
  check_state(job, wanted.state, terms)
end

local function tag_job(job, tags)
  if job.tags == tags then return end
  for tag in string.gmatch(job.tags, '%S+') do redis.call('ZREM', tag_key(tag), job.id) end
  for tag in string.gmatch(tags, '%S+') do redis.call('ZADD', tag_key(tag), 0, job.id) end
  job.tags = tags
end

-- A damaged history hides no job.
local function latest_shown(id)
  local read, entry = pcall(latest_run, id)
  return read and entry or ''
end

-- A job as it stands now: its record, its definition, its pause and its latest run.
local function parts_of(job)
  return write_job(job), definition_of(job), redis.call('HGET', PAUSES, job.id) or '',
    latest_shown(job.id)
end

local function note_job(key, job)
  if key == '' then return end
  local record, definition, pause, latest = parts_of(job)
  note_made(key, job.id, 'made:record', record, 'made:definition', definition, 'made:pause', pause,
    'made:latest', latest)
end

local function change()
  local items, ids = {}, {}
  for n = 1, ITEMS do
    items[n] = item(n)
    ids[n] = items[n].job
  end
  read_jobs(ids)

  local function write(wanted)
    if not may_make(wanted.key, wanted.token) then return 'claim-lost' end
    local was = job_at(wanted.job)
    if was and wanted.key ~= '' then
      note_job(wanted.key, was)
      return 'made'
    end
    if definitions.by[wanted.job] then return 'conflict' end
    local job = was or new_job(wanted.job, wanted)
    if job.revision ~= wanted.revision or job.next ~= wanted.seen_next then return 'conflict' end
    local was_state = job.state
    check_indexes(job, wanted)
    tag_job(job, wanted.tags)
    list(job, wanted.state, job.outcome)
    if not was then add_job(job) end
    new_revision(job, wanted.at)
    job.timeout, job.terms, job.read_terms = wanted.timeout, wanted.terms, nil
    job.created = was and created_of(was) or digits(wanted.at)
    local anchor = wanted.anchor ~= job.created and wanted.anchor or ''
    put(definitions, job.id, job.created .. '|' .. anchor .. '|' .. wanted.definition)
    put(searched, job.id, wanted.searched)
    set_pause(job, was_state == 'paused', wanted.pause)
    set_next(job, wanted.next, wanted.next_due)
    tell_job(was and 'job.updated' or 'job.created', job)
    if was and was_state ~= 'completed' and job.state == 'completed' then
      tell_job('job.completed', job)
    end
    note_job(wanted.key, job)
    return 'written'
  end

  local became, errors, changed_here = {}, {}, {}
  for n = 1, ITEMS do
    local served, word = pcall(write, items[n])
    became[n] = served and word or 'failed'
    if not served then errors[n] = type(word) == 'table' and word.err or word end
    if became[n] == 'written' then changed_here[#changed_here + 1] = job_at(ids[n]) end
  end
  if #changed_here > 0 then promote(changed_here, now()) end

  local reply = {}
  for n, id in ipairs(ids) do
    local job, record, definition, pause, latest = job_at(id), '', '', '', ''
    if became[n] == 'made' then
      record, definition, pause, latest = parts_of(job)
    elseif became[n] == 'written' then
      -- What no longer waits may have made it due.
      local instant, is_new = due_of(job), job.revision == 1
      if not is_new or instant > 0 and instant < now() + SEEN_ANYWAY_MS then
        hint_job(job, instant)
      end
      record, definition = write_job(job), job.created
      latest = is_new and '' or latest_shown(id)
    elseif became[n] == 'failed' then
      record = errors[n]
    end
    local i = 5 * (n - 1)
    reply[i + 1], reply[i + 2], reply[i + 3] = became[n], record, definition
    reply[i + 4], reply[i + 5] = pause, latest
  end
  return reply
end

return conclude(change)
