-- Accepts a run by hand. The caller drew its id, so asked again it is the same run, ended or not.
-- ARGV    run id, instant of the request in ms, payload ('' for none)
-- Returns 1, or 0 when its job, in its incarnation, is no more
local id, at, payload = ARGV[1], ARGV[2], ARGV[3]
local job = job_of(id)
local is = redis.call('HMGET', job_key(job), 'inc', 'rev')
if not is[1] or is[1] ~= string.match(id, '_(.-)_') then return 0 end

if redis.call('HEXISTS', RUNS, id) == 1 then return 1 end
for _, entry in ipairs(redis.call('XRANGE', history_key(job), '-', '+')) do
  if entry[2][2] == id then return 1 end
end
local stamp = digits(now())
redis.call('HSET', RUNS, id, 'ready|manual|' .. at .. '|' .. is[2] .. '|0|0|' .. stamp .. '|0|0')
if payload ~= '' then redis.call('HSET', run_key(id), 'payload', payload) end
redis.call('ZADD', active_key(job), stamp, id)
redis.call('ZADD', READY, stamp, id)
redis.call('PUBLISH', HINTS, 'ready')
return 1
