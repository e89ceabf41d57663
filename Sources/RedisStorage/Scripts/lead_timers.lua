-- The timers of a lead, in no order.
--
-- ARGV: 1 partition  2 lead id
-- Gives {key, 'lead kind due'} for each, flat.

local found = {}
for _, key in ipairs(redis.call('SMEMBERS', lead_key(ARGV[2]) .. ':timers')) do
  found[#found + 1] = key
  found[#found + 1] = redis.call('HGET', part(ARGV[1], 'timers'), key)
end
return found
