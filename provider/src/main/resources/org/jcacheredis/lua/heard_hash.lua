-- What heard.lua has to know of an entry that is a field of a hash. Stands between hash.lua and
-- heard.lua, and defines what heard_keys.lua does.
--
-- ARGV[2]  channel  as in heard.lua
-- ARGV[3]  head     as in heard.lua
-- ARGV[4..]         what the script behind sees as its ARGV

skipped = 3
local channel, head = ARGV[2], ARGV[3]
local name = field
local tells_sooner = true
local admission

local function admit(run)
  return run('SETRANGE', KEYS[2], 0, '')
end

-- Of an entry that is there: HPTTL says -2 in its last millisecond, too.
local function left()
  local millis = call('HPTTL', key, 'FIELDS', 1, field)[1]
  return millis == -2 and 0 or millis
end
