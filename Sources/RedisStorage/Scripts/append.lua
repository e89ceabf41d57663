-- Takes a delivery into the inbox, or says what became of the one that had its key before.
--
-- ARGV: 1 delivery key  2 token of this call  3 hash of the body, or ''  4 message id  5 lead id  6 message
--       7 now  8 when the key is forgotten  9 the history entry to keep if the body differs
-- Gives {'appended'}, {'duplicate', lead} or {'conflict', lead}.
--
-- May be repeated: the token tells a call that is sent again from a sender that delivers again.

local key, token, hash, message, lead = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local known = redis.call('HGET', 'baton:deliveries', key)
if known then
  local expires, first_token, first_lead, first_hash = string.match(known, '^(%S+) (%S+) (%S+) ?(.*)$')
  if first_token == token then return {'appended'} end
  if tonumber(expires) > tonumber(ARGV[7]) then
    if hash == '' or first_hash == '' or hash == first_hash then return {'duplicate', first_lead} end
    local history = lead_key(first_lead) .. ':history'
    if redis.call('LINDEX', history, -1) ~= ARGV[9] then redis.call('RPUSH', history, ARGV[9]) end
    return {'conflict', first_lead}
  end
end

local partition = string.sub(lead, 1, 3)
redis.call('HSET', 'baton:deliveries', key, ARGV[8] .. ' ' .. token .. ' ' .. lead .. ' ' .. hash)
redis.call('ZADD', 'baton:deliveries:expiry', ARGV[8], key)
-- All with one score: ordered by id, which is the order of arrival.
redis.call('ZADD', part(partition, 'inbox'), 0, message)
redis.call('HSET', part(partition, 'messages'), message, ARGV[6])
-- Wakes the instance that holds the partition. What it misses it finds in the inbox.
redis.call('XADD', 'baton:arrivals', 'MAXLEN', '~', 10000, '*', 'partition', partition)
return {'appended'}
