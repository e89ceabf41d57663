-- Takes the running mark and the deaths of a message back. May be repeated.
--
-- ARGV: 1 partition  2 epoch  3 message id
-- Gives {'ok'} or {'stale'}.

if not is_latest(ARGV[1], ARGV[2]) then return STALE end
redis.call('HDEL', part(ARGV[1], 'messages:running'), ARGV[3])
redis.call('HDEL', part(ARGV[1], 'messages:deaths'), ARGV[3])
return {'ok'}
