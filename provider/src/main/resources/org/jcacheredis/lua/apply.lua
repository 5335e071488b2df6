-- Applies one guarded mutation to one entry, in one atomic step. Stands behind keys.lua or
-- hash.lua, and behind heard.lua where somebody listens. ARGV is counted from where they end.
--
-- KEYS[1]  entry     the entry, or the hash that it is a field of
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

local kind, guard = ARGV[skipped + 1], ARGV[skipped + 2]
local wanted = ARGV[skipped + 3] == 'wanted'

local current, present
if wanted or guard == 'equal' or (hears_old and kind ~= 'discard')
  or (hears_end and kind == 'expire') then
  current = fetch()
  present = current
else
  present = exists()
end

local outcome
if not present then
  local creation = ARGV[skipped + 4]
  if kind ~= 'store' or guard == 'present' or guard == 'equal' then
    outcome = 'ABSENT'
  elseif creation == '0' then
    outcome = 'NOT_STORED'
  else
    outcome = 'CREATED'
    write('C', ARGV[skipped + 6], creation)
  end
elseif guard == 'absent' then
  outcome = 'REFUSED'
elseif guard == 'equal' and current ~= ARGV[skipped + 7] then
  outcome, wanted = 'REFUSED', true
elseif kind == 'store' then
  local update, value = ARGV[skipped + 5], ARGV[skipped + 6]
  local stays = update ~= '0'
  outcome = stays and 'UPDATED' or 'EXPIRED'
  write(stays and 'U' or 'V', value, update, current)
elseif kind == 'touch' then
  outcome = 'FOUND'
  write('T', current, ARGV[skipped + 5])
elseif kind == 'expire' then
  outcome = 'EXPIRED'
  write('E', nil, '0', current)
else
  outcome = 'REMOVED'
  write(kind == 'remove' and 'R' or 'S', nil, '0', current)
end
return {outcome, wanted and current, told}
