-- Removes an entry.
--
-- KEYS[1]  partition  a hash, of which the entry is one field
-- ARGV[1]  field      the cache's own key
--
-- Returns 1 if it was there, else 0. HDEL alone says 1, too, of a field whose lifetime is over, if
-- Redis had not deleted it yet.

return redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 and redis.call('HDEL', KEYS[1], ARGV[1]) or 0
