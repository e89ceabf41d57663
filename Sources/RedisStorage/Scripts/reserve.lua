-- Takes one of `count` tokens that refill evenly over a period: a token bucket as the generic cell rate algorithm, of
-- which only the moment is kept at which it will be full again.
--
-- ARGV: 1 bucket  2 count  3 period in seconds  4 now
-- Gives the seconds to wait until the token is there. Repeated it takes another token, which errs on the slow side.

local key = 'baton:limit:' .. ARGV[1]
local count, period, now = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local full = tonumber(redis.call('GET', key) or ARGV[4])
if full < now then full = now end
full = full + period / count
-- A bucket that is full again need not be remembered; a minute more, since the instances' clocks differ a little.
redis.call('SET', key, string.format('%.17g', full), 'EX', math.ceil(full - now + 60))
return string.format('%.17g', full - now - period)
