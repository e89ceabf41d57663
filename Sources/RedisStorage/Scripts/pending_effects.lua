-- The unfinished effects of a lead, in no order.
--
-- ARGV: 1 partition  2 lead id
-- Gives {state, document} for each, flat; the state as common.lua writes it.

local found = {}
for _, key in ipairs(redis.call('SMEMBERS', lead_key(ARGV[2]) .. ':effects')) do
  local state = redis.call('HGET', part(ARGV[1], 'effects:state'), key)
  if state and string.sub(state, 1, 8) == 'waiting ' then
    found[#found + 1] = state
    found[#found + 1] = redis.call('HGET', part(ARGV[1], 'effects'), key) or ''
  end
end
return found
