-- Stores everything that changes together, or nothing: leads, the end of messages and effects, new effects, timers,
-- history, shared documents.
--
-- ARGV: 1 partition  2 epoch  3 token of this call  4 now
--   then eight lists, each as its length and its elements:
--   leads:            id, version it was read with, state, owner, identity, domain, name, company, received, document,
--                     assigned at, reason of parking ('' where there is none), the members that the document may have,
--                     and those that the stored one is known to have, '' for the same
--   finished messages: id
--   effects:          key, lead, created, document
--   finished effects: key, result, '=' and reason, or ''
--   cancelled timers: key
--   timers:           key, lead, kind, due
--   history:          lead, entry
--   documents:        key, version it was read with, content
-- Gives {'committed'}, {'lead changed'}, {'document changed'}, {'stale'}, or {'other', id, members, document …}: leads that
-- a release with other members has written. Nothing was stored; the caller is to come again and keep those members.
--
-- May be repeated if it has a lead or no document: a lead's token tells a call that is sent again.

local partition, token, now = ARGV[1], ARGV[3], ARGV[4]
local at = 5

-- Reads a list of elements with `width` words each.
local function list(width)
  local count = tonumber(ARGV[at])
  local first = at + 1
  at = first + count * width
  local index = -1
  return function()
    index = index + 1
    if index >= count then return nil end
    return unpack(ARGV, first + index * width, first + index * width + width - 1)
  end
end

local first_list = at
local OPEN = {processing = true, delivered = true, claimed = true, worked = true, in_review = true}

local function check()
  if not is_latest(partition, ARGV[2]) then return STALE end
  local other = {'other'}
  for id, version, _, _, _, _, _, _, _, _, _, _, members, expected in list(14) do
    local stored = redis.call('HMGET', lead_key(id), 'version', 'token', 'members')
    if (stored[1] or '0') ~= version then
      if stored[2] == token then return {'committed'} end
      return {'lead changed'}
    end
    if stored[3] and stored[3] ~= (expected == '' and members or expected) then
      other[#other + 1] = id
      other[#other + 1] = stored[3]
      other[#other + 1] = redis.call('HGET', lead_key(id), 'document')
    end
  end
  for _, width in ipairs({1, 4, 3, 1, 4, 2}) do list(width) end
  for key, version in list(3) do
    if (redis.call('HGET', 'baton:document:' .. key, 'version') or '0') ~= version then return {'document changed'} end
  end
  if #other > 1 then return other end
  return nil
end

-- Moves a lead from the index of its old value to that of the new one.
local function index(kind, old, new, received, id)
  if old == new then return end
  if old and old ~= '' then redis.call('ZREM', 'baton:leads:' .. kind .. ':' .. old, id) end
  if new ~= '' then redis.call('ZADD', 'baton:leads:' .. kind .. ':' .. new, received, id) end
end

-- A zero byte ends the text, so that a longer one sorts behind.
local function index_names(old, new, id)
  for _, name in ipairs(old) do
    if name and name ~= '' then redis.call('ZREM', 'baton:names', name .. '\0' .. id) end
  end
  for _, name in ipairs(new) do
    if name ~= '' then redis.call('ZADD', 'baton:names', 0, name .. '\0' .. id) end
  end
end

local function count(key, name, by)
  if redis.call('HINCRBY', key, name, by) == 0 then redis.call('HDEL', key, name) end
end

local function load(state, owner, by)
  if state and OPEN[state] and owner and owner ~= '' then count('baton:loads', owner, by) end
end

local function store_lead(id, version, state, owner, identity, domain, name, company, received, document, assigned, reason,
    members)
  local key = lead_key(id)
  local old = redis.call('HMGET', key, 'state', 'owner', 'identity', 'domain', 'name', 'company', 'received')
  received = old[7] or received
  if not old[1] then redis.call('ZADD', 'baton:leads', received, id) end
  index('state', old[1], state, received, id)
  index('owner', old[2], owner, received, id)
  index('identity', old[3], identity, received, id)
  index('domain', old[4], domain, received, id)
  if name ~= old[5] or company ~= old[6] or identity ~= old[3] then
    index_names({old[5], old[6], old[3]}, {name, company, identity}, id)
  end
  if old[1] ~= state then
    if old[1] then count('baton:counts', old[1], -1) end
    count('baton:counts', state, 1)
  end
  load(old[1], old[2], -1)
  load(state, owner, 1)
  if state == 'received' or state == 'processing' then
    redis.call('ZADD', part(partition, 'unfinished'), 0, id)
  else
    redis.call('ZREM', part(partition, 'unfinished'), id)
  end
  if state == 'parked' then
    redis.call('ZADD', 'baton:dead', 'NX', now, id)
  elseif old[1] == 'parked' then
    redis.call('ZREM', 'baton:dead', id)
  end
  if owner ~= '' and assigned ~= '' then
    local last = redis.call('HGET', 'baton:assignments', owner)
    if not last or tonumber(last) < tonumber(assigned) then redis.call('HSET', 'baton:assignments', owner, assigned) end
  end
  redis.call('HSET', key, 'version', tonumber(version) + 1, 'token', token, 'state', state, 'owner', owner, 'identity',
    identity, 'domain', domain, 'name', name, 'company', company, 'received', received, 'document', document, 'parked',
    reason, 'members', members)
end

local function store_effect(key, lead, created, document)
  if redis.call('HEXISTS', part(partition, 'effects:state'), key) == 1 then return end
  redis.call('HSET', part(partition, 'effects'), key, document)
  redis.call('SADD', lead_key(lead) .. ':effects', key)
  write_effect(partition, key, {status = 'waiting', lead = lead, attempts = 0, running = '0', unknown = '0', deaths = 0,
    due = created, created = created, error = ''})
end

-- Only an effect that still waits can be finished: a late second answer changes nothing. The content of a refused one is
-- kept to be sent on again; of any other only the key is, so that it is never made again.
local function finish_effect(key, result, reason)
  local effect = read_effect(partition, key)
  if not effect or effect.status ~= 'waiting' then return end
  effect.status, effect.running, effect.deaths = result, '0', 0
  if reason ~= '' then effect.error = reason end
  write_effect(partition, key, effect)
  if result == 'refused' then
    redis.call('ZADD', 'baton:dead', now, effect.lead .. '/' .. key)
  else
    redis.call('HSET', part(partition, 'effects:state'), key, result)
    redis.call('HDEL', part(partition, 'effects'), key)
    redis.call('SREM', lead_key(effect.lead) .. ':effects', key)
  end
end

local function cancel_timer(key)
  local timer = redis.call('HGET', part(partition, 'timers'), key)
  if not timer then return end
  redis.call('HDEL', part(partition, 'timers'), key)
  redis.call('ZREM', part(partition, 'timers:due'), key)
  redis.call('SREM', lead_key(string.sub(timer, 1, 30)) .. ':timers', key)
end

local function set_timer(key, lead, kind, due)
  redis.call('HSET', part(partition, 'timers'), key, lead .. ' ' .. kind .. ' ' .. due)
  redis.call('ZADD', part(partition, 'timers:due'), due, key)
  redis.call('SADD', lead_key(lead) .. ':timers', key)
end

local refusal = check()
if refusal then return refusal end
at = first_list
for id, version, state, owner, identity, domain, name, company, received, document, assigned, reason, members in list(14) do
  store_lead(id, version, state, owner, identity, domain, name, company, received, document, assigned, reason, members)
end
for id in list(1) do
  redis.call('ZREM', part(partition, 'inbox'), id)
  redis.call('HDEL', part(partition, 'messages'), id)
  redis.call('HDEL', part(partition, 'messages:running'), id)
  redis.call('HDEL', part(partition, 'messages:deaths'), id)
end
for key, lead, created, document in list(4) do store_effect(key, lead, created, document) end
for key, result, reason in list(3) do finish_effect(key, result, reason) end
-- Cancelled first: a commit that handles a timer may set the same one for later.
for key in list(1) do cancel_timer(key) end
for key, lead, kind, due in list(4) do set_timer(key, lead, kind, due) end
for lead, entry in list(2) do redis.call('RPUSH', lead_key(lead) .. ':history', entry) end
for key, version, content in list(3) do
  redis.call('HSET', 'baton:document:' .. key, 'version', tonumber(version) + 1, 'content', content)
end
return {'committed'}
