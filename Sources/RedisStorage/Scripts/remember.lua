-- Keeps what became of an account, in place of what was kept under its id. Only the newest so many are kept. May be
-- repeated.
--
-- ARGV: 1 id  2 lead id  3 model  4 vector  5 document  6 how many are kept
--
-- Every change has a number, so that an instance that has a copy asks for what is newer than it (read_memories.lua).

local function forget(id)
  local lead = redis.call('HGET', 'baton:memory:' .. id, 'lead')
  if lead then redis.call('SREM', lead_key(lead) .. ':memories', id) end
  memory_gone(id)
end

if redis.call('ZSCORE', 'baton:memories', ARGV[1]) then forget(ARGV[1]) end
redis.call('ZREM', 'baton:memories:gone', ARGV[1])
redis.call('HSET', 'baton:memory:' .. ARGV[1], 'lead', ARGV[2], 'model', ARGV[3], 'vector', ARGV[4], 'document', ARGV[5])
redis.call('SADD', lead_key(ARGV[2]) .. ':memories', ARGV[1])
redis.call('ZADD', 'baton:memories', redis.call('INCR', 'baton:memories:changes'), ARGV[1])
while redis.call('ZCARD', 'baton:memories') > tonumber(ARGV[6]) do
  forget(redis.call('ZRANGE', 'baton:memories', 0, 0)[1])
end
return 1
