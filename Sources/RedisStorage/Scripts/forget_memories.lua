-- Forgets what is remembered of a lead.
--
-- ARGV: 1 lead id
-- Gives how many.

local key = lead_key(ARGV[1]) .. ':memories'
local ids = redis.call('SMEMBERS', key)
for _, id in ipairs(ids) do memory_gone(id) end
redis.call('DEL', key)
return #ids
