-- Counts an attempt before the call: running from here on. An attempt that was begun before and never ended died with
-- its process: it may have happened, and that is not forgotten until the effect is finished.
--
-- ARGV: 1 partition  2 epoch  3 effect key  4 lead id  5 '1' if it runs alone
-- Gives {'ok'} or {'stale'}. Nothing happens to an effect that no longer waits.

if not is_latest(ARGV[1], ARGV[2]) then return STALE end
local effect = read_effect(ARGV[1], ARGV[3])
if effect and effect.status == 'waiting' and effect.lead == ARGV[4] then
  effect.attempts = effect.attempts + 1
  if effect.running == '1' then effect.unknown = '1' end
  effect.running = '1'
  if ARGV[5] == '1' then effect.deaths = effect.deaths + 1 end
  write_effect(ARGV[1], ARGV[3], effect)
end
return {'ok'}
