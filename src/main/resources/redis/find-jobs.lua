-- Reads jobs, each as it is at this moment.
--
-- ARGV     with_runs  '1' to read their latest runs too
-- ITEM     job        word  id
-- RETURNS  of each item its record ('' when it is absent), definition, pause, latest run and due instant
--          ('' for none)
include 'found'

local ids = {}
for n = 1, ITEMS do ids[n] = item(n).job end
return add_jobs({}, ids, with_runs == '1')
