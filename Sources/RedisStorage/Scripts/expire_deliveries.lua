-- Forgets delivery keys whose time is over, at most a thousand at once so that nobody waits long.
--
-- ARGV: 1 now
-- Gives how many; fewer than a thousand: that was all.

local keys = redis.call('ZRANGEBYSCORE', 'baton:deliveries:expiry', '-inf', ARGV[1], 'LIMIT', 0, 1000)
for _, key in ipairs(keys) do
  redis.call('HDEL', 'baton:deliveries', key)
  redis.call('ZREM', 'baton:deliveries:expiry', key)
end
return #keys
