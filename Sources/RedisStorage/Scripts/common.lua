-- What several scripts need; stands before each of them.
--
-- Times are text: seconds since 2001 with as many digits as give the same double again. Lua's own numbers would lose
-- some when written. `now` is the caller's clock; only leases are measured with Redis' own.

local function part(name, rest) return 'baton:{' .. name .. '}:' .. rest end

-- A lead's id begins with its partition: p07-01JD…, 30 characters.
local function lead_key(lead) return part(string.sub(lead, 1, 3), 'lead:' .. lead) end

-- The latest epoch of a partition is the only one whose writes have an effect. Time does not matter here: a lease that
-- has run out but that nobody has taken still cannot do harm.
local function is_latest(partition, epoch) return redis.call('HGET', part(partition, 'lease'), 'epoch') == epoch end

local STALE = {'stale'}

-- What is kept of an effect beside its content: "status lead attempts running unknown deaths not-before created =error".
-- The error is left out where there is none. An effect that is finished for good keeps its status alone.
local function read_effect(partition, key)
  local text = redis.call('HGET', part(partition, 'effects:state'), key)
  if not text then return nil end
  local status, lead, attempts, running, unknown, deaths, due, created, error =
    string.match(text, '^(%S+) (%S+) (%d+) (%d) (%d) (%d+) (%S+) (%S+) ?(.*)$')
  if not status then return {status = text} end
  return {status = status, lead = lead, attempts = tonumber(attempts), running = running, unknown = unknown,
    deaths = tonumber(deaths), due = due, created = created, error = error}
end

-- Writes it back, and keeps what it is found by in step.
local function write_effect(partition, key, effect)
  local text = string.format('%s %s %d %s %s %d %s %s', effect.status, effect.lead, effect.attempts, effect.running,
    effect.unknown, effect.deaths, effect.due, effect.created)
  if effect.error ~= '' then text = text .. ' ' .. effect.error end
  local member = effect.lead .. ' ' .. key
  redis.call('HSET', part(partition, 'effects:state'), key, text)
  if effect.status == 'waiting' then
    redis.call('ZADD', part(partition, 'effects:due'), effect.due, member)
    redis.call('ZADD', 'baton:effects:waiting', effect.created, member)
  else
    redis.call('ZREM', part(partition, 'effects:due'), member)
    redis.call('ZREM', 'baton:effects:waiting', member)
  end
end

-- A memory is gone: those who have a copy are to hear of it. Who has not asked for very long starts anew (`floor`).
local function memory_gone(id)
  redis.call('DEL', 'baton:memory:' .. id)
  redis.call('ZREM', 'baton:memories', id)
  redis.call('ZADD', 'baton:memories:gone', redis.call('INCR', 'baton:memories:changes'), id)
  if redis.call('ZCARD', 'baton:memories:gone') > 20000 then
    redis.call('SET', 'baton:memories:floor', redis.call('ZPOPMIN', 'baton:memories:gone')[2])
  end
end
