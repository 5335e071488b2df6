-- Tells all who listen of an entry that has expired, once, with the value that it had. Stands behind
-- keys.lua or hash.lua, and heard.lua.
--
-- KEYS[1]  entry   the entry, or the hash that it is a field of
-- KEYS[2]  shadow  as in heard.lua
--
-- Returns 'OVERTAKEN' if there is an entry again, 'CLAIMED' if its end was told already, 'TOLD' if it
-- is told now, 'UNKNOWN' if nobody knows the value or it may not be published.

if exists() then
  return 'OVERTAKEN'
end
local kept = call('GET', shadow)
if kept == 't' then
  return 'CLAIMED'
end
if kept then
  -- Changes nothing. A server that takes no writes refuses it, before anybody is told; and after it the
  -- mark below is taken even where no memory is left.
  call('PEXPIRE', shadow, math.max(1, call('PTTL', shadow)))
end
if not tell_end() then
  return 'UNKNOWN'
end
call('SET', shadow, 't', 'PX', GRACE)
return 'TOLD'
