-- What has changed among the memories since a change that the caller has seen.
--
-- ARGV: 1 number of that change, 0 at first  2 limit
-- Gives {number up to which the answer goes, '1' if there is more, ids gone as one array, then id, model, vector,
-- document for each new one}, or {'anew'}: it was seen too long ago, start from 0.

if ARGV[1] ~= '0' and tonumber(ARGV[1]) < tonumber(redis.call('GET', 'baton:memories:floor') or '0') then return {'anew'} end
local limit = tonumber(ARGV[2])
local ids = redis.call('ZRANGEBYSCORE', 'baton:memories', '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
local is_all = #ids < limit * 2
local upto = is_all and (redis.call('GET', 'baton:memories:changes') or '0') or ids[#ids]
local gone = {}
if ARGV[1] ~= '0' then gone = redis.call('ZRANGEBYSCORE', 'baton:memories:gone', '(' .. ARGV[1], upto) end
local found = {upto, is_all and '' or '1', gone}
for index = 1, #ids, 2 do
  local memory = redis.call('HMGET', 'baton:memory:' .. ids[index], 'model', 'vector', 'document')
  found[#found + 1] = ids[index]
  for field = 1, 3 do found[#found + 1] = memory[field] end
end
return found
