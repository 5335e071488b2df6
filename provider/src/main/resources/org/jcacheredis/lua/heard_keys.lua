-- What heard.lua has to know of an entry that is a string key. Stands between keys.lua and heard.lua.
--
-- ARGV[1]  channel  as in heard.lua
-- ARGV[2]  head     as in heard.lua
-- ARGV[3]  prefix   how many bytes of the entry's name stand before the cache's own key
-- ARGV[4..]         what the script behind sees as its ARGV

skipped = 3
local channel, head = ARGV[1], ARGV[2]
local name = string.sub(key, ARGV[3] + 1)

-- A first write that changes nothing, which the server refuses if it refuses writes. Else it answers
-- with the length of the entry.
local function admit(run)
  return run('SETRANGE', key, 0, '')
end

local admission
local function exists()
  admission = admit(redis.pcall)
  return type(admission) == 'number' and admission > 0 or call('EXISTS', key) == 1
end

-- Milliseconds that the entry has left; less than zero without an end.
local function left()
  return call('PTTL', key)
end
