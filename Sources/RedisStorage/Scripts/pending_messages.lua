-- What waits in a partition, oldest first.
--
-- ARGV: 1 partition  2 the last id already seen, or ''  3 limit
-- Gives {id, message, '1' if it is running, deaths alone} for each, flat.

local after = ARGV[2] == '' and '-' or '(' .. ARGV[2]
local ids = redis.call('ZRANGEBYLEX', part(ARGV[1], 'inbox'), after, '+', 'LIMIT', 0, ARGV[3])
local found = {}
for _, id in ipairs(ids) do
  found[#found + 1] = id
  found[#found + 1] = redis.call('HGET', part(ARGV[1], 'messages'), id)
  found[#found + 1] = redis.call('HGET', part(ARGV[1], 'messages:running'), id) or ''
  found[#found + 1] = redis.call('HGET', part(ARGV[1], 'messages:deaths'), id) or '0'
end
return found
