-- Forgets answers that were kept at a time or earlier, the oldest first. May be repeated.
--
-- ARGV: 1 the time  2 how many at most, so that nobody waits long
-- Gives how many; fewer than that: there are no more.

local keys = redis.call('ZRANGEBYSCORE', 'baton:lookups:times', '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, key in ipairs(keys) do
  redis.call('DEL', 'baton:lookup:' .. key)
  redis.call('ZREM', 'baton:lookups', key)
  redis.call('ZREM', 'baton:lookups:times', key)
end
return #keys
