-- What a LuaEntryProcessor does to its entry. Stands in front of everything else, so that it sees
-- nothing of it; KEYS and ARGV are those of process.lua.

local function body(entry, args, KEYS, ARGV)
--BODY--
end
