-- Reads an entry that is a field of a hash and the time that it has left, in one step.
--
-- KEYS[1]  partition  the hash
-- ARGV[1]  field      the cache's own key
--
-- Returns {bytes or nil, milliseconds}; the milliseconds as HPTTL has them.

return {
  redis.call('HGET', KEYS[1], ARGV[1]), redis.call('HPTTL', KEYS[1], 'FIELDS', 1, ARGV[1])[1]
}
