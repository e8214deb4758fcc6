-- Reads the version of the stored format; at the first use of a ledger, writes it.
--
-- KEYS     FORMAT JOBS
-- ARGV     version  the version that this build writes
--          at       now, by the caller's clock, ms
-- RETURNS  the stored version; 0 for a ledger from before versions were kept
local stored = redis.call('HGET', FORMAT, 'version')
if stored then return tonumber(stored) end
-- Before, the ids of all jobs were a sorted set.
if redis.call('TYPE', JOBS).ok == 'zset' then return 0 end
redis.call('HSET', FORMAT, 'version', version, 'partitions', '1', 'since', at)
return tonumber(version)
