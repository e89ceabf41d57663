-- Makes refused and waiting effects of a lead due at once. May be repeated.
--
-- ARGV: 1 partition  2 epoch  3 lead id  4 now
-- Gives {'ok', how many} or {'stale'}.

if not is_latest(ARGV[1], ARGV[2]) then return STALE end
local count = 0
for _, key in ipairs(redis.call('SMEMBERS', lead_key(ARGV[3]) .. ':effects')) do
  local effect = read_effect(ARGV[1], key)
  if effect and (effect.status == 'waiting' or effect.status == 'refused') then
    effect.status, effect.due = 'waiting', ARGV[4]
    write_effect(ARGV[1], key, effect)
    redis.call('ZREM', 'baton:dead', ARGV[3] .. '/' .. key)
    count = count + 1
  end
end
return {'ok', count}
