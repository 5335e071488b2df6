-- Tells those who listen of a change, before it is made, in the same atomic step, and keeps shadows.
-- Stands behind keys.lua and heard_keys.lua, or hash.lua and heard_hash.lua, and in front of every
-- script that writes an entry.
--
-- KEYS[1]  entry    the entry, or the hash that it is a field of
-- KEYS[2]  shadow   'v' and the bytes of an entry that has a lifetime, kept a little longer than the
--                   entry for those who hear of its end; 't' once that end was told
-- ARGV     channel  where those who listen are
--          head     wishes, node and id of the announcement, 1 + 8 + 8 bytes
--
-- The message is that of Announcement.java. A user without the right to publish writes all the same.

local shadow = KEYS[2]
local GRACE = 10000         -- how much longer a shadow lives, in milliseconds

local wishes = string.byte(head)
hears_old = wishes % 2 >= 1
hears_end = wishes % 4 >= 2
told = false

-- Whether it was published; how many heard it says nothing, since anyone may subscribe. The long
-- fields are joined to the rest, since struct copies byte by byte.
local function tell(change, id, lifetime, value, previous)
  local message = struct.pack('>c0c0c9c8i4c0i4c0i4', '\1', change, head, id, #name, name,
    #lifetime, lifetime, value and #value or -1) .. (value or '')
    .. (previous and struct.pack('>i4', #previous) .. previous or '\255\255\255\255')
  return type(redis.pcall('PUBLISH', channel, message)) == 'number'
end
local FOREIGN = '\0\0\0\0\0\0\0\0'  -- the id of a change that no caller waits to hear of

-- Tells of the end of the entry before, if it is over and nobody has; whether it did. A shadow with
-- more than the grace left is that of an entry which somebody else removed or shortened.
local function tell_end()
  local kept = call('GET', shadow)
  return kept and string.sub(kept, 1, 1) == 'v' and call('PTTL', shadow) <= GRACE
    and tell('E', FOREIGN, '0', nil, string.sub(kept, 2))
end

-- Before the entry is written: no shadow may have more than the grace left when the entry is over.
local function keep(value, lifetime)
  local millis = lifetime == '-2' and left() or tonumber(lifetime)
  if millis < 0 then
    call('UNLINK', shadow)
  else
    call('SET', shadow, 'v' .. value, 'PX', string.format('%.0f', millis + GRACE))
  end
end

-- What the server would refuse to store, for want of memory say, nobody may be told of.
local write_unheard = write
local function write(change, value, lifetime, before)
  if lifetime == '0' then
    call('UNLINK', shadow) -- first, since a server that takes no writes refuses it
  elseif change ~= 'T' then
    admission = admission or admit(redis.pcall)
    if type(admission) == 'table' then
      for _, code in ipairs({'OOM', 'MISCONF', 'READONLY', 'NOREPLICAS'}) do
        if string.find(admission.err, code, 1, true) then
          admit(call) -- fails again, and ends the script
        end
      end
    end
    if hears_end and change == 'C' then
      tell_end()
    end
  end
  if change == 'S' then
    tell('S', FOREIGN, '0')
  elseif change ~= 'T' then
    local id = string.sub(head, 10)
    local wanted = hears_old or (hears_end and change == 'E')
    told = tell(change, id, lifetime, value, wanted and before) and id
  end
  if hears_end and lifetime ~= '0' and not (change == 'T' and lifetime == '-2') then
    keep(value or fetch(), lifetime)
  end
  write_unheard(change, value, lifetime)
end
