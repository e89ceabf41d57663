-- The leads of a partition with an effect that is due, most overdue first, each once.
--
-- ARGV: 1 partition  2 now  3 limit

local limit, step, offset = tonumber(ARGV[3]), 200, 0
local found, seen = {}, {}
while #found < limit do
  local members = redis.call('ZRANGEBYSCORE', part(ARGV[1], 'effects:due'), '-inf', ARGV[2], 'LIMIT', offset, step)
  for _, member in ipairs(members) do
    local lead = string.sub(member, 1, 30)
    if not seen[lead] and #found < limit then
      seen[lead] = true
      found[#found + 1] = lead
    end
  end
  if #members < step then break end
  offset = offset + step
end
return found
