-- Applies one guarded mutation to one entry, in one atomic step.
--
-- KEYS[1]  entry     the entry, a string key
-- ARGV[1]  kind      'store' | 'remove'
-- ARGV[2]  guard     'always' | 'absent' | 'present' | 'equal'
-- ARGV[3]  previous  'wanted' to have the bytes that were there returned, else 'ignored'
-- ARGV[4]  creation  lifetime of a new entry in milliseconds; 0 not stored, -1 eternal
-- ARGV[5]  update    lifetime of an updated entry in milliseconds; 0 gone, -1 eternal, -2 unchanged
-- ARGV[6]  value     the bytes to store, '' for 'remove'
-- ARGV[7]  expected  the bytes that guard 'equal' asks for, else absent
--
-- Returns {outcome, previous or nil}. Refused by 'equal', it always returns the bytes that are there.

local entry = KEYS[1]
local kind, guard, previous = ARGV[1], ARGV[2], ARGV[3]
local creation, update, value, expected = ARGV[4], ARGV[5], ARGV[6], ARGV[7]

local needs_bytes = previous == 'wanted' or guard == 'equal'
local current = needs_bytes and redis.call('GET', entry)
local present
if needs_bytes then
  present = current ~= false
else
  present = redis.call('EXISTS', entry) == 1
end

local function answer(outcome)
  return {outcome, previous == 'wanted' and current or false}
end

if not present then
  if kind == 'remove' or guard == 'present' or guard == 'equal' then
    return answer('ABSENT')
  end
  if creation == '0' then
    return answer('NOT_STORED')
  end
  if creation == '-1' then
    redis.call('SET', entry, value)
  else
    redis.call('SET', entry, value, 'PX', creation)
  end
  return answer('CREATED')
end

if guard == 'absent' then
  return answer('REFUSED')
end
if guard == 'equal' and current ~= expected then
  return {'REFUSED', current}
end

if kind == 'remove' then
  redis.call('UNLINK', entry)
  return answer('REMOVED')
end
if update == '0' then
  redis.call('UNLINK', entry)
  return answer('EXPIRED')
end
if update == '-1' then
  redis.call('SET', entry, value)
elseif update == '-2' then
  redis.call('SET', entry, value, 'KEEPTTL')
else
  redis.call('SET', entry, value, 'PX', update)
end
return answer('UPDATED')
