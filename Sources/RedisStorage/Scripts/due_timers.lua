-- Timers of a partition by their time, oldest first.
--
-- ARGV: 1 partition  2 now ('+inf': all)  3 how many to pass over  4 limit
-- Gives {key, 'lead kind due'} for each, flat.

local keys = redis.call('ZRANGEBYSCORE', part(ARGV[1], 'timers:due'), '-inf', ARGV[2], 'LIMIT', ARGV[3], ARGV[4])
local found = {}
for _, key in ipairs(keys) do
  found[#found + 1] = key
  found[#found + 1] = redis.call('HGET', part(ARGV[1], 'timers'), key)
end
return found
