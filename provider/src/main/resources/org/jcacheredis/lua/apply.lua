-- Applies one guarded mutation to one entry, in one atomic step. Stands behind plain.lua, and behind
-- heard.lua where somebody listens.
--
-- KEYS[1]  entry     the entry, a string key
-- ARGV[1]  kind      'store' | 'remove' | 'expire' | 'discard' | 'touch'
-- ARGV[2]  guard     'always' | 'absent' | 'present' | 'equal'
-- ARGV[3]  previous  'wanted' to have the bytes that were there returned, else 'ignored'
-- ARGV[4]  creation  lifetime of a new entry in milliseconds; 0 not stored, -1 eternal
-- ARGV[5]  update    lifetime of an updated entry in milliseconds; 0 gone, -1 eternal, -2 unchanged;
--                    for 'touch' that of an access, not 0
-- ARGV[6]  value     the bytes to store, '' for all but 'store'
-- ARGV[7]  expected  the bytes that guard 'equal' asks for, else absent
--
-- Returns {outcome, previous or nil}; behind heard.lua {outcome, previous or nil, id or nil}, the id
-- of the announcement that was made. Refused by 'equal', it always returns the bytes that are there.

local kind, guard, previous = ARGV[1], ARGV[2], ARGV[3]
local creation, lifetime, value, expected = ARGV[4], ARGV[5], ARGV[6], ARGV[7]

local removals = {
  remove = {announced = 'R', outcome = 'REMOVED'},
  expire = {announced = 'E', outcome = 'EXPIRED'},
  discard = {announced = 'S', outcome = 'REMOVED'},
}

local needs_bytes = previous == 'wanted' or guard == 'equal' or hears_old
  or (hears_end and kind == 'expire')
local current = needs_bytes and redis.call('GET', key)
local present
if needs_bytes then
  present = current ~= false
else
  present = redis.call('EXISTS', key) == 1
end

local function answer(outcome)
  return replying({outcome, previous == 'wanted' and current or false})
end

if not present then
  if kind ~= 'store' or guard == 'present' or guard == 'equal' then
    return answer('ABSENT')
  end
  if creation == '0' then
    return answer('NOT_STORED')
  end
  create(value, creation)
  return answer('CREATED')
end

if guard == 'absent' then
  return answer('REFUSED')
end
if guard == 'equal' and current ~= expected then
  return replying({'REFUSED', current})
end

if kind == 'touch' then
  touch(lifetime, current)
  return answer('FOUND')
end
local removal = removals[kind]
if removal then
  drop(removal.announced, current)
  return answer(removal.outcome)
end
if lifetime == '0' then
  drop('V', current, value)
  return answer('EXPIRED')
end
update(value, lifetime, current)
return answer('UPDATED')
