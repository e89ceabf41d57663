-- Gives leases back. They are void at once: the epoch moves on, so that a late write of their holder has no effect. May
-- be repeated.
--
-- ARGV: 1 instance  2… partition and epoch of each
-- Gives how many were given back. The other instances are told, so that they need not wait for their next look.

local count = 0
for index = 2, #ARGV, 2 do
  local key = part(ARGV[index], 'lease')
  local lease = redis.call('HMGET', key, 'holder', 'epoch')
  if lease[1] == ARGV[1] and lease[2] == ARGV[index + 1] then
    redis.call('HINCRBY', key, 'epoch', 1)
    redis.call('HSET', key, 'holder', '', 'until', '0')
    count = count + 1
  end
end
if count > 0 then redis.call('XADD', 'baton:arrivals', 'MAXLEN', '~', 10000, '*', 'freed', count) end
return count
