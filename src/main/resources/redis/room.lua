-- Fails where Redis is at its memory limit, as every script does that makes something new.
--
-- KEYS     SCHEDULER
-- RETURNS  1
include 'grows'

return 1
