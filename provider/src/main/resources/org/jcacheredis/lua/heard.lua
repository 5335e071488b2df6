-- Tells those who listen of a change, before it is made, in the same atomic step, and keeps shadows.
-- Stands behind plain.lua and in front of every script that writes an entry.
--
-- KEYS[1]  entry    the entry, a string key
-- KEYS[2]  shadow   'v' and the bytes of an entry that has a lifetime, kept a little longer than the
--                   entry for those who hear of its end; 't' once that end was told
-- ARGV[1]  channel  where those who listen are
-- ARGV[2]  head     wishes, node and id of the announcement, 1 + 8 + 8 bytes
-- ARGV[3]  prefix   how many bytes of the entry's name stand before the cache's own key
-- ARGV[4..]         what the script behind sees as its ARGV
--
-- The message is that of Announcement.java. A user without the right to publish writes all the same.

local shadow = KEYS[2]
local channel, head, prefix = ARGV[1], ARGV[2], tonumber(ARGV[3])
local ARGV = {unpack(ARGV, 4)}

local GRACE = 10000         -- how much longer a shadow lives, in milliseconds
local wishes = string.byte(head, 1)
local hears_old = bit.band(wishes, 1) ~= 0
local hears_end = bit.band(wishes, 2) ~= 0
local id = string.sub(head, 10, 17)
local foreign = string.sub(head, 1, 9) .. string.rep('\0', 8)

local function field(bytes)
  return bytes and struct.pack('>i4', #bytes) .. bytes or struct.pack('>i4', -1)
end

-- Whether it was published; how many heard it says nothing, since anyone may subscribe.
local function tell(kind, origin, lifetime, value, previous)
  local message = '\1' .. kind .. origin .. field(string.sub(key, prefix + 1)) .. field(lifetime)
    .. field(value) .. field(previous)
  return type(redis.pcall('PUBLISH', channel, message)) == 'number'
end

local told = false
local function announce(kind, lifetime, value, previous)
  told = tell(kind, head, lifetime, value, previous)
end

-- What the server would refuse to store, for want of memory say, nobody may be told of: a first
-- write that changes nothing is refused just so.
local function admitted()
  local answer = redis.pcall('SETRANGE', key, 0, '')
  local refusal = type(answer) == 'table' and answer.err or ''
  for _, code in ipairs({'OOM', 'MISCONF', 'READONLY', 'NOREPLICAS'}) do
    if string.find(refusal, code, 1, true) then
      redis.call('SETRANGE', key, 0, '') -- fails again, and ends the script
    end
  end
end

-- Tells of the end of the entry before, if it is over and nobody has; whether it did. A shadow with
-- more than the grace left is that of an entry which somebody else removed or shortened.
local function tell_end()
  local kept = redis.call('GET', shadow)
  return kept and string.sub(kept, 1, 1) == 'v' and redis.call('PTTL', shadow) <= GRACE
    and tell('E', foreign, '0', false, string.sub(kept, 2))
end

-- Before the entry is written: no shadow may have more than the grace left when the entry is over.
local function keep(value, lifetime)
  if not hears_end then
    return
  end
  local left = lifetime == '-2' and redis.call('PTTL', key) or tonumber(lifetime)
  if left < 0 then
    redis.call('UNLINK', shadow)
  else
    redis.call('SET', shadow, 'v' .. value, 'PX', string.format('%.0f', left + GRACE))
  end
end

local function create(value, lifetime)
  admitted()
  if hears_end then
    tell_end()
  end
  announce('C', lifetime, value, false)
  keep(value, lifetime)
  set(value, lifetime)
end

local function update(value, lifetime, before)
  admitted()
  announce('U', lifetime, value, hears_old and before)
  keep(value, lifetime)
  set(value, lifetime)
end

local function drop(kind, before, value)
  redis.call('UNLINK', shadow) -- first, since a server that takes no writes refuses it
  if kind == 'S' then
    tell(kind, foreign, '0', false, false)
  else
    local wanted = hears_old or (kind == 'E' and hears_end)
    announce(kind, '0', value or false, wanted and before)
  end
  redis.call('UNLINK', key)
end

local alone = touch
local function touch(lifetime, value)
  if lifetime ~= '-2' and hears_end then
    keep(value or redis.call('GET', key), lifetime)
  end
  alone(lifetime)
end

local function replying(reply)
  reply[#reply + 1] = told and id
  return reply
end
