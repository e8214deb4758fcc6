-- For a script that makes something new: where Redis is at its memory limit it fails here, and has
-- changed nothing.
--
-- There Redis refuses a script's first write if that may need memory, but lets all pass after a removal.
-- A refusal further on could be caught for one item, and half of it be written behind the removal of
-- another. So the first write may need memory, and changes nothing: no text in a key that never is.
redis.call('SETRANGE', PREFIX .. 'nothing', 0, '')
