-- Keeps the answer of a look-up. May be repeated.
--
-- ARGV: 1 key  2 content  3 time

redis.call('HSET', 'baton:lookup:' .. ARGV[1], 'content', ARGV[2], 'at', ARGV[3])
redis.call('ZADD', 'baton:lookups', 0, ARGV[1])
return 1
