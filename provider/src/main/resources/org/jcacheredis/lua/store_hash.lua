-- Stores an entry: a new one without an end, one that is there with the lifetime that it has.
--
-- KEYS[1]  partition  a hash, of which the entry is one field
-- ARGV[1]  field      the cache's own key
-- ARGV[2]  value      the bytes to store
--
-- KEEPTTL alone would keep a lifetime that is over, if Redis had not deleted the field yet. That Valkey's
-- takes one away that ends in this millisecond does no harm: the entry counts as gone, and is stored anew.

if redis.call('HSETEX', KEYS[1], 'FXX', 'KEEPTTL', 'FIELDS', 1, ARGV[1], ARGV[2]) == 0 then
  redis.call('HSETEX', KEYS[1], 'FIELDS', 1, ARGV[1], ARGV[2])
end
