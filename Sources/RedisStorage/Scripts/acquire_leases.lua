-- Takes those of the wanted partitions that are free, have run out, or are this instance's own. Each taking raises the
-- epoch. May be repeated: the lease of the last taking is the one that counts.
--
-- ARGV: 1 instance  2 milliseconds  3 how many at most  4… partitions
-- Gives {partition, epoch} for each taken, flat. Measured with Redis' clock, so that the instances' own do not matter.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local taken = {}
for index = 4, #ARGV do
  if #taken == ARGV[3] * 2 then break end
  local key = part(ARGV[index], 'lease')
  local lease = redis.call('HMGET', key, 'holder', 'until')
  local holder = lease[1] or ''
  if holder == '' or holder == ARGV[1] or tonumber(lease[2]) <= now then
    taken[#taken + 1] = ARGV[index]
    taken[#taken + 1] = redis.call('HINCRBY', key, 'epoch', 1)
    redis.call('HSET', key, 'holder', ARGV[1], 'until', string.format('%d', now + tonumber(ARGV[2])))
  end
end
return taken
