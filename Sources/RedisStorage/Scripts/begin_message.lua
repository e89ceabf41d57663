-- Counts an attempt before the work: the message is running from here on.
--
-- ARGV: 1 partition  2 epoch  3 message id  4 '1' if it runs alone
-- Gives {'ok'} or {'stale'}. A message that is gone stays gone.

if not is_latest(ARGV[1], ARGV[2]) then return STALE end
if redis.call('ZSCORE', part(ARGV[1], 'inbox'), ARGV[3]) then
  redis.call('HSET', part(ARGV[1], 'messages:running'), ARGV[3], '1')
  if ARGV[4] == '1' then redis.call('HINCRBY', part(ARGV[1], 'messages:deaths'), ARGV[3], 1) end
end
return {'ok'}
