-- Refused effects and parked leads, newest first.
--
-- ARGV: 1 time and 2 place of the last one seen ('+inf' and '' at first)  3 limit
-- Gives {time, place, reason} for each, flat. The place is the lead's id, followed by '/' and the effect's key if it is
-- one.

local limit = tonumber(ARGV[3])
local found, offset, step = {}, 0, 100
while #found < limit * 3 do
  local rows = redis.call('ZREVRANGEBYSCORE', 'baton:dead', ARGV[1], '-inf', 'WITHSCORES', 'LIMIT', offset, step)
  for index = 1, #rows, 2 do
    local place, time = rows[index], rows[index + 1]
    -- At one moment they stand in the order of their places, the greatest first.
    local is_seen = ARGV[2] ~= '' and tonumber(time) == tonumber(ARGV[1]) and place >= ARGV[2]
    if not is_seen and #found < limit * 3 then
      local lead, key, reason = string.sub(place, 1, 30), string.sub(place, 32), ''
      if key == '' then
        reason = redis.call('HGET', lead_key(lead), 'parked') or ''
      else
        local effect = read_effect(string.sub(lead, 1, 3), key)
        if effect and effect.error then reason = string.sub(effect.error, 2) end
      end
      found[#found + 1] = time
      found[#found + 1] = place
      found[#found + 1] = reason
    end
  end
  if #rows < step * 2 then break end
  offset = offset + step
end
return found
