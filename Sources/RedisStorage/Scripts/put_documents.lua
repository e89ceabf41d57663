-- Stores shared documents if each still has the version that it was read with, or none. Repeated after it was carried out it
-- finds newer versions and gives 0: whoever asked reads again.
--
-- ARGV: how many, then of each: key, version it was read with, content
-- Gives 1: stored, 0: one was changed meanwhile.

local count = tonumber(ARGV[1])
for index = 0, count - 1 do
  local key, version = ARGV[2 + index * 3], ARGV[3 + index * 3]
  if (redis.call('HGET', 'baton:document:' .. key, 'version') or '0') ~= version then return 0 end
end
for index = 0, count - 1 do
  local key, version, content = unpack(ARGV, 2 + index * 3, 4 + index * 3)
  redis.call('HSET', 'baton:document:' .. key, 'version', tonumber(version) + 1, 'content', content)
end
return 1
