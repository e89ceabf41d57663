-- Extends the leases that are still held and have not run out. May be repeated.
--
-- ARGV: 1 instance  2 milliseconds  3… partition and epoch of each
-- Gives {partition, epoch} for each extended, flat.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = {}
for index = 3, #ARGV, 2 do
  local key = part(ARGV[index], 'lease')
  local lease = redis.call('HMGET', key, 'holder', 'epoch', 'until')
  if lease[1] == ARGV[1] and lease[2] == ARGV[index + 1] and tonumber(lease[3]) > now then
    redis.call('HSET', key, 'until', string.format('%d', now + tonumber(ARGV[2])))
    held[#held + 1] = ARGV[index]
    held[#held + 1] = ARGV[index + 1]
  end
end
return held
