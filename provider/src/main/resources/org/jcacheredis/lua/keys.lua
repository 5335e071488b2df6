-- How an entry that is a string key is read and written, in front of every script that writes one; for
-- when nobody listens. What hash.lua defines has the same names and meanings.
-- What runs for every write makes no table and few functions: on the server each costs like a read.
--
-- KEYS[1]  entry  the entry, a string key

local key = KEYS[1]
local call = redis.call
local skipped = 0   -- how many of ARGV stand before those of the script behind

-- Whether the bytes that are there are needed although the caller has no use for them.
local hears_old, hears_end = false, false

-- Whether the entry is there, for a script that has no use for its bytes.
local function exists()
  return call('EXISTS', key) == 1
end

-- The bytes of the entry, or false.
local function fetch()
  return call('GET', key)
end

-- What the caller has to know of the announcement, the last of a reply: here there is none.
local told

-- Writes an entry, or removes it where its lifetime is '0'.
--
-- change    a letter as in Announcement.java: 'C' and 'U' store over nothing and over an entry, 'V', 'R',
--           'E' and 'S' remove; or 'T' for another lifetime alone
-- value     the bytes to store, or what was to be stored for 'V'; for 'T' those there, if known
-- lifetime  decimal text, in milliseconds; '-1' eternal, '-2' unchanged; '0' to remove
-- before    the bytes that were there, needed if hears_old, and for 'E' if hears_end
local function write(change, value, lifetime, before)
  if lifetime == '0' then
    call('UNLINK', key)
  elseif change == 'T' then
    if lifetime == '-1' then
      call('PERSIST', key)
    elseif lifetime ~= '-2' then
      call('PEXPIRE', key, lifetime)
    end
  elseif lifetime == '-1' then
    call('SET', key, value)
  elseif lifetime == '-2' then
    call('SET', key, value, 'KEEPTTL')
  else
    call('SET', key, value, 'PX', lifetime)
  end
end
