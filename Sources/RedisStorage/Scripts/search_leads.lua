-- Leads with a name, a company or an address that begins with a text, newest first by the time in their ids.
--
-- ARGV: 1 the folded text  2 limit
-- Gives {received, id, document} for each, flat. Of a text that fits very many only twenty thousand entries are looked
-- at, so that nobody else waits long for Redis.

local rows = redis.call('ZRANGEBYLEX', 'baton:names', '[' .. ARGV[1], '(' .. ARGV[1] .. '\255', 'LIMIT', 0, 20000)
local ids, seen = {}, {}
for _, row in ipairs(rows) do
  local id = string.sub(row, -30)
  if not seen[id] then
    seen[id] = true
    ids[#ids + 1] = id
  end
end
-- Behind the partition comes the ULID, which begins with the time.
table.sort(ids, function(left, right) return string.sub(left, 5) > string.sub(right, 5) end)
local found = {}
for index = 1, math.min(#ids, tonumber(ARGV[2])) do
  local lead = redis.call('HMGET', lead_key(ids[index]), 'received', 'document')
  found[#found + 1] = lead[1]
  found[#found + 1] = ids[index]
  found[#found + 1] = lead[2]
end
return found
