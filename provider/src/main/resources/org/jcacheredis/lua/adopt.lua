-- Makes the shadow that an entry with a lifetime should have, if it was stored by somebody who did not
-- know that it is wanted. Stands behind hash.lua or keys.lua, and heard.lua.
--
-- KEYS[1]  entry   the entry, or the hash that it is a field of
-- KEYS[2]  shadow  as in heard.lua
--
-- Returns 1 if it was made, 0 if there is no need for one.

local rest = exists() and left() or -1
if rest < 0 then
  return 0
end
-- A shadow that does not end with the entry and the grace is that of another; 't' ends before.
if call('PTTL', shadow) == rest + GRACE then
  return 0
end
keep(fetch(), '-2')
return 1
