-- Notes that an instance wants work for some time. May be repeated.
--
-- ARGV: 1 instance  2 milliseconds, 0: no longer
-- Gives how many instances do.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', 'baton:instances', '-inf', now)
if ARGV[2] == '0' then
  redis.call('ZREM', 'baton:instances', ARGV[1])
else
  redis.call('ZADD', 'baton:instances', string.format('%d', now + tonumber(ARGV[2])), ARGV[1])
end
return redis.call('ZCARD', 'baton:instances')
