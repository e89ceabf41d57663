-- Forgets delivery keys whose time is over, the oldest first. May be repeated.
--
-- ARGV: 1 now  2 how many at most, so that nobody waits long
-- Gives how many; fewer than that: there are no more.

local keys = redis.call('ZRANGEBYSCORE', 'baton:deliveries:expiry', '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, key in ipairs(keys) do
  redis.call('HDEL', 'baton:deliveries', key)
  redis.call('ZREM', 'baton:deliveries:expiry', key)
end
return #keys
