-- Numbers, time and faults: before every script, behind the constants that the loader writes.

-- Lua prints large numbers with an exponent; Redis wants digits. number: an integer
local function digits(number) return string.format('%d', number) end

local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Redis' own time in ms, the same throughout one script. Not-before times, deadlines and epochs are
-- always this time.
local present
local function now()
  present = present or clock()
  return present
end

-- Job ids have no underscore, so a run id names its job.
local function job_of(id) return string.match(id, '^([^_]+)_') end

-- First error of an item in this batch. The other items still run; the script raises it at its end.
local fault

-- Serves one item of a batch. Answers whether that succeeded, and the answer or the error. An item reads
-- whatever may be damaged before it writes anything, so that one that fails leaves nothing behind.
local function try(serve, ...)
  local served, answer = pcall(serve, ...)
  if not served then fault = fault or answer end
  return served, answer
end
