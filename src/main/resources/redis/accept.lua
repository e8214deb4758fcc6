-- Accepts a run by hand. The caller drew its id, so asked again it answers the same run.
-- ARGV    run id, instant of the request in ms, payload ('' for none)
-- Returns the run's record, or nothing when its job, in its incarnation, is no more
local id, at, payload = ARGV[1], ARGV[2], ARGV[3]
local job = job_of(id)
local is = redis.call('HMGET', job_key(job), 'inc', 'rev')
if not is[1] or is[1] ~= string.match(id, '_(.-)_') then return false end

local known = redis.call('HGET', RUNS, id)
if known then return known end
local stamp = digits(now())
local record = 'ready|manual|' .. at .. '|' .. is[2] .. '|0|0|' .. stamp .. '|0|0'
redis.call('HSET', RUNS, id, record)
if payload ~= '' then redis.call('HSET', run_key(id), 'payload', payload) end
redis.call('ZADD', active_key(job), stamp, id)
redis.call('ZADD', READY, stamp, id)
redis.call('PUBLISH', HINTS, 'ready')
return record
