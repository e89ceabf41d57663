-- Keeps the answer of a look-up. May be repeated.
--
-- ARGV: 1 key  2 content  3 time

redis.call('HSET', 'baton:lookup:' .. ARGV[1], 'content', ARGV[2], 'at', ARGV[3])
-- By name, to be forgotten with a person; by time, to be forgotten when it is old.
redis.call('ZADD', 'baton:lookups', 0, ARGV[1])
redis.call('ZADD', 'baton:lookups:times', ARGV[3], ARGV[1])
return 1
