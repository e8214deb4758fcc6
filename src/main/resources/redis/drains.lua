-- For a script that lets work go on that has been accepted, or that frees memory: it also writes where
-- Redis is at its memory limit.
--
-- There Redis refuses a script's first write if that may need memory; after another one it lets all
-- pass, so that no script ends halfway. So the first write is a removal, of a key that never is.
redis.call('DEL', PREFIX .. 'nothing')
