-- Asks whether Redis is at its memory limit, by a write as in `grows`.
--
-- KEYS     SCHEDULER
-- RETURNS  1 where it is; 0 where it is not, or takes no writes for another reason
local refused = redis.pcall('SETRANGE', PREFIX .. 'nothing', 0, '')
return type(refused) == 'table' and string.find(refused.err, 'OOM', 1, true) and 1 or 0
