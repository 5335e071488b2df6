-- How an entry that is a field of a hash is read and written, in front of every script that writes one;
-- for when nobody listens. What keys.lua defines has the same names and meanings.
--
-- KEYS[1]  partition  a hash, of which the entry is one field
-- ARGV[1]  field      the cache's own key
-- ARGV[2..]           what the script behind sees as its ARGV
--
-- Redis deletes a field some time after its end, and until then HDEL says that it was there, HPEXPIRE
-- gives it a new life, and KEEPTTL keeps the lifetime that is over. So write() may only be called after
-- exists() or fetch(): while a script runs the time stands still. In the last millisecond of a field,
-- HPTTL says -2 on Redis and 0 on Valkey, whose KEEPTTL then takes the lifetime away.

local key, field = KEYS[1], ARGV[1]
local call = redis.call
local skipped = 1

local hears_old, hears_end = false, false

local function exists()
  return call('HEXISTS', key, field) == 1
end

local function fetch()
  return call('HGET', key, field)
end

local told

local function write(change, value, lifetime, before)
  if lifetime == '0' then
    call('HDEL', key, field)
  elseif change == 'T' then
    if lifetime == '-1' then
      call('HPERSIST', key, 'FIELDS', 1, field)
    elseif lifetime ~= '-2' then
      call('HPEXPIRE', key, lifetime, 'FIELDS', 1, field)
    end
  elseif lifetime == '-1' then
    call('HSETEX', key, 'FIELDS', 1, field, value)
  elseif lifetime == '-2' and call('HPTTL', key, 'FIELDS', 1, field)[1] ~= 0 then
    call('HSETEX', key, 'KEEPTTL', 'FIELDS', 1, field, value)
  elseif lifetime == '-2' then
    call('HSETEX', key, 'PX', 1, 'FIELDS', 1, field, value)
  else
    call('HSETEX', key, 'PX', lifetime, 'FIELDS', 1, field, value)
  end
end
