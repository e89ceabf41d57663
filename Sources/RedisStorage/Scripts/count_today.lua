-- Counts towards a daily limit.
--
-- ARGV: 1 counter  2 day  3 limit
-- Gives 1, or 0: the limit is reached and nothing was counted.

local key = 'baton:counter:' .. ARGV[1] .. ':' .. ARGV[2]
if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[3]) then return 0 end
redis.call('INCR', key)
-- Two days: the instances' clocks and time zones of nobody's concern.
redis.call('EXPIRE', key, 172800)
return 1
