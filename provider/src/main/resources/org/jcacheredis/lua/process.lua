-- Runs the body of a LuaEntryProcessor on one entry and applies its net effect, in one atomic step.
-- Stands behind body.lua and keys.lua or hash.lua, and behind heard.lua where somebody listens.
--
-- KEYS[1]   entry     the entry, or the hash that it is a field of
-- ARGV[1]   mode      'text' if the body works on the text of a value, 'bytes' if on any bytes
-- ARGV[2]   header    the bytes in front of the text of a value of the type in question; may be ''
-- ARGV[3]   longest   the most bytes of one stored value; more has to be refused elsewhere
-- ARGV[4]   creation  lifetime of a new entry in milliseconds; 0 not stored, -1 eternal
-- ARGV[5]   update    lifetime of an updated entry in milliseconds; 0 gone, -1 eternal, -2 unchanged
-- ARGV[6]   access    lifetime of an entry that was only read; 0 gone, -1 eternal, -2 unchanged
-- ARGV[7..] args      what the body sees as args[1], args[2], ...
--
-- Returns {outcome, bytes before or nil, bytes after or nil, the body's result}, and behind heard.lua
-- the id of the announcement or nil. The outcome 'DECLINED' means that nothing was done and the
-- processor has to run elsewhere.

local ARGV = skipped == 0 and ARGV or {unpack(ARGV, skipped + 1)}
local mode, header, longest = ARGV[1], ARGV[2], tonumber(ARGV[3])
local on_creation, on_update, on_access = ARGV[4], ARGV[5], ARGV[6]
local before = fetch()
local args = {unpack(ARGV, 7)}

local entry = {exists = before ~= false, bytes = before or nil}
if before and mode == 'text' then
  if string.sub(before, 1, #header) ~= header then
    return {'DECLINED', false, false, false}
  end
  entry.value = string.sub(before, #header + 1)
end

local EXACT = 2 ^ 53    -- from here on doubles skip integers
local ENDLESS = 2 ^ 45  -- longer lifetimes are eternal, as in Lifetimes.java

-- No tostring: its 14 digits would make 1e+14 of 100000000000000.
local function decimal(number)
  if number ~= number or math.abs(number) == math.huge then
    error('entry:set got a number that is not finite; expected a string or a finite number', 0)
  end
  if number == math.floor(number) and math.abs(number) < EXACT then
    return string.format('%.0f', number + 0) -- + 0 takes the sign from -0
  end
  return string.format('%.17g', number)
end

local effect, after, lifetime = 'none', nil, nil
function entry:set(text)
  if mode ~= 'text' then
    error('entry:set writes the text of a type and textType() names none;'
      .. ' store bytes with entry:put', 0)
  end
  if type(text) == 'number' then
    text = decimal(text)
  elseif type(text) ~= 'string' then
    error('entry:set got a ' .. type(text) .. '; expected a string or a finite number', 0)
  end
  effect, after = 'store', header .. text
end
function entry:put(bytes)
  if type(bytes) ~= 'string' then
    error('entry:put got a ' .. type(bytes) .. '; expected bytes from args or entry.bytes', 0)
  end
  effect, after = 'store', bytes
end
function entry:remove() effect, after = 'remove', nil end
function entry:touch(millis)
  local number = tonumber(millis)
  if not number or not (number >= 1) then -- NaN is no lifetime either
    error("entry:touch got '" .. tostring(millis) .. "'; expected milliseconds, 1 or more", 0)
  end
  lifetime = number >= ENDLESS and '-1' or string.format('%.0f', math.floor(number))
end
function entry:decline() effect = 'decline' end

local result = body(entry, args, {key}, ARGV)
if result == nil then
  result = false
end

if effect == 'decline' or (after and #after > longest) then
  return {'DECLINED', false, false, false}
end

local outcome
if effect == 'none' or (effect == 'remove' and not before) then
  lifetime = lifetime or on_access
  if not before then
    outcome = 'ABSENT'
  elseif lifetime == '0' then
    outcome = 'EXPIRED'
    write('E', nil, '0', before)
  else
    outcome = 'FOUND'
    write('T', before, lifetime)
  end
elseif effect == 'remove' then
  outcome = 'REMOVED'
  write('R', nil, '0', before)
elseif before then
  lifetime = lifetime or on_update
  outcome = lifetime == '0' and 'EXPIRED' or 'UPDATED'
  write(lifetime == '0' and 'V' or 'U', after, lifetime, before)
elseif (lifetime or on_creation) == '0' then
  outcome = 'NOT_STORED'
else
  outcome = 'CREATED'
  write('C', after, lifetime or on_creation)
end
return {outcome, before, after or false, result, told}
