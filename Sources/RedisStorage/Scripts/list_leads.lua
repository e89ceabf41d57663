-- A page of leads, newest first, by the smallest index that the query allows.
--
-- ARGV: 1 received and 2 id of the last one seen ('+inf' and '' at first)  3 limit
--       4 state  5 owner  6 identity  7 domain ('' where any will do)  8 '1': without merged ones
-- Gives {received, id of the last row looked at, or '' at the end, then document, received, id for each found}. It looks
-- at a thousand rows at most: a page that is not full goes on from the last one.

local wanted = {state = ARGV[4], owner = ARGV[5], identity = ARGV[6], domain = ARGV[7]}
local smallest, size
for kind, value in pairs(wanted) do
  if value ~= '' then
    local key = 'baton:leads:' .. kind .. ':' .. value
    local count = redis.call('ZCARD', key)
    if not size or count < size then smallest, size = key, count end
  end
end

local function fits(lead)
  local fields = redis.call('HMGET', lead, 'state', 'owner', 'identity', 'domain')
  return (ARGV[4] == '' or fields[1] == ARGV[4]) and (ARGV[5] == '' or fields[2] == ARGV[5])
    and (ARGV[6] == '' or fields[3] == ARGV[6]) and (ARGV[7] == '' or fields[4] == ARGV[7])
    and (ARGV[8] ~= '1' or fields[1] ~= 'merged')
end

local limit, step, offset, looked = tonumber(ARGV[3]), 100, 0, 0
local found, last_time, last_id = {}, '', ''
while looked < 1000 do
  local rows = redis.call('ZREVRANGEBYSCORE', smallest or 'baton:leads', ARGV[1], '-inf', 'WITHSCORES', 'LIMIT',
    offset, step)
  for index = 1, #rows, 2 do
    local id, time = rows[index], rows[index + 1]
    local is_seen = ARGV[2] ~= '' and tonumber(time) == tonumber(ARGV[1]) and id >= ARGV[2]
    if not is_seen then
      looked = looked + 1
      last_time, last_id = time, id
      if fits(lead_key(id)) then
        found[#found + 1] = redis.call('HGET', lead_key(id), 'document')
        found[#found + 1] = time
        found[#found + 1] = id
        if #found == limit * 3 then return {last_time, last_id, unpack(found)} end
      end
    end
  end
  if #rows < step * 2 then return {'', '', unpack(found)} end
  offset = offset + step
end
return {last_time, last_id, unpack(found)}
