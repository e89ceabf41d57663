-- The attempt ended without success: to be tried again later. May be repeated.
--
-- ARGV: 1 partition  2 epoch  3 effect key  4 lead id  5 not before  6 '1' if its outcome is unknown  7 '=' and the error
-- Gives {'ok'} or {'stale'}.

if not is_latest(ARGV[1], ARGV[2]) then return STALE end
local effect = read_effect(ARGV[1], ARGV[3])
if effect and effect.status == 'waiting' and effect.lead == ARGV[4] then
  effect.running, effect.deaths, effect.due, effect.error = '0', 0, ARGV[5], ARGV[7]
  if ARGV[6] == '1' then effect.unknown = '1' end
  write_effect(ARGV[1], ARGV[3], effect)
end
return {'ok'}
