-- The lists of jobs, sorted sets of one score: one for each state and last outcome, of which a job is in
-- exactly one, and one for each tag.
local function listed_key(state, outcome) return PREFIX .. 'listed:' .. state .. ':' .. outcome end
local function tag_key(tag) return PREFIX .. 'tag:' .. tag end
