-- Asks for Redis' own time.
-- Returns ms since 1970
return now()
