-- Reads an entry and the time that it has left, in one step.
--
-- KEYS[1]  entry  the entry, a string key
--
-- Returns {bytes or nil, milliseconds}; the milliseconds as PTTL has them.

return {redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1])}
