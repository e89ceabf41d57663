-- Forgets the answers whose keys begin with a text, at most a thousand at once.
--
-- ARGV: 1 the text
-- Gives how many; fewer than a thousand: that was all.

local keys = redis.call('ZRANGEBYLEX', 'baton:lookups', '[' .. ARGV[1], '(' .. ARGV[1] .. '\255', 'LIMIT', 0, 1000)
for _, key in ipairs(keys) do
  redis.call('DEL', 'baton:lookup:' .. key)
  redis.call('ZREM', 'baton:lookups', key)
  redis.call('ZREM', 'baton:lookups:times', key)
end
return #keys
