-- How an entry is written, in front of every script that writes one. Here nobody wants to hear of it.
--
-- KEYS[1]  entry  the entry, a string key
--
-- A lifetime is decimal text, in milliseconds; '-1' eternal, '-2' unchanged, never '0'.

local key = KEYS[1]

-- Whether the bytes that are there are needed although the caller has no use for them.
local hears_old, hears_end = false, false

local function set(value, lifetime)
  if lifetime == '-1' then
    redis.call('SET', key, value)
  elseif lifetime == '-2' then
    redis.call('SET', key, value, 'KEEPTTL')
  else
    redis.call('SET', key, value, 'PX', lifetime)
  end
end

-- Stores where nothing is.
local create = set

-- Stores over an entry; before is the bytes that were there, needed if hears_old.
local update = set

-- Removes an entry. The kind is that of the announcement; before as above, and needed if hears_end
-- and the kind is 'E'; value is what was to be stored, for 'V'.
local function drop(kind, before, value)
  redis.call('UNLINK', key)
end

-- Gives an entry another lifetime; value is its bytes, if known.
local function touch(lifetime, value)
  if lifetime == '-1' then
    redis.call('PERSIST', key)
  elseif lifetime ~= '-2' then
    redis.call('PEXPIRE', key, lifetime)
  end
end

-- The reply of the script, with what the caller has to know of the announcement.
local function replying(reply)
  return reply
end
