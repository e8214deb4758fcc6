-- Before every script. The names of the known keys (DUE, RUNS, ...), PREFIX and the settings
-- (HISTORY_KEPT, EVENTS_KEPT, ...) are set in the lines above this one.

local function job_key(job) return PREFIX .. 'job:' .. job end
local function run_key(id) return PREFIX .. 'run:' .. id end
local function wait_key(job) return PREFIX .. 'wait:' .. job end
local function history_key(job) return PREFIX .. 'history:' .. job end
local function taken_key(replica) return PREFIX .. 'taken:' .. replica end
local function closed_key(owner) return PREFIX .. 'closed:' .. owner end
local function tag_key(tag) return PREFIX .. 'tag:' .. tag end
local function state_key(state) return PREFIX .. 'state:' .. state end

-- Job ids have no underscore, so a run id tells its job.
local function job_of(id) return string.match(id, '^([^_]+)_') end

-- Lua prints large numbers with an exponent; Redis wants digits.
local function digits(number) return string.format('%.0f', number) end

-- Redis' own time in ms: not-before times, deadlines and epochs are always this.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Why somebody could not be served, which kept nobody else from it: behind the script, that is its answer.
local fault

-- Serves one of many. Answers whether it could.
local function try(serve, ...)
  local served, why = pcall(serve, ...)
  if not served then fault = fault or why end
  return served
end
