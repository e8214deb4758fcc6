-- Reads Redis' own time, where the ledger is.
--
-- KEYS     SCHEDULER
-- RETURNS  ms since 1970
return now()
