#include "CRedisScripts.h"

// #embed is C23; clang takes it in every mode and warns.
#pragma clang diagnostic ignored "-Wc23-extensions"

#define SCRIPT(name) \
  RedisScriptText redis_script_##name(void) { return (RedisScriptText){name, sizeof name}; }

static const unsigned char acquire_leases[] = {
#embed "../RedisStorage/Scripts/acquire_leases.lua"
};
SCRIPT(acquire_leases)

static const unsigned char append[] = {
#embed "../RedisStorage/Scripts/append.lua"
};
SCRIPT(append)

static const unsigned char attend[] = {
#embed "../RedisStorage/Scripts/attend.lua"
};
SCRIPT(attend)

static const unsigned char begin_effect[] = {
#embed "../RedisStorage/Scripts/begin_effect.lua"
};
SCRIPT(begin_effect)

static const unsigned char begin_message[] = {
#embed "../RedisStorage/Scripts/begin_message.lua"
};
SCRIPT(begin_message)

static const unsigned char cache[] = {
#embed "../RedisStorage/Scripts/cache.lua"
};
SCRIPT(cache)

static const unsigned char commit[] = {
#embed "../RedisStorage/Scripts/commit.lua"
};
SCRIPT(commit)

static const unsigned char common[] = {
#embed "../RedisStorage/Scripts/common.lua"
};
SCRIPT(common)

static const unsigned char count_today[] = {
#embed "../RedisStorage/Scripts/count_today.lua"
};
SCRIPT(count_today)

static const unsigned char dead_letters[] = {
#embed "../RedisStorage/Scripts/dead_letters.lua"
};
SCRIPT(dead_letters)

static const unsigned char due_effects[] = {
#embed "../RedisStorage/Scripts/due_effects.lua"
};
SCRIPT(due_effects)

static const unsigned char due_timers[] = {
#embed "../RedisStorage/Scripts/due_timers.lua"
};
SCRIPT(due_timers)

static const unsigned char expire_cached[] = {
#embed "../RedisStorage/Scripts/expire_cached.lua"
};
SCRIPT(expire_cached)

static const unsigned char expire_deliveries[] = {
#embed "../RedisStorage/Scripts/expire_deliveries.lua"
};
SCRIPT(expire_deliveries)

static const unsigned char forget_cached[] = {
#embed "../RedisStorage/Scripts/forget_cached.lua"
};
SCRIPT(forget_cached)

static const unsigned char forget_memories[] = {
#embed "../RedisStorage/Scripts/forget_memories.lua"
};
SCRIPT(forget_memories)

static const unsigned char lead_timers[] = {
#embed "../RedisStorage/Scripts/lead_timers.lua"
};
SCRIPT(lead_timers)

static const unsigned char list_leads[] = {
#embed "../RedisStorage/Scripts/list_leads.lua"
};
SCRIPT(list_leads)

static const unsigned char pending_effects[] = {
#embed "../RedisStorage/Scripts/pending_effects.lua"
};
SCRIPT(pending_effects)

static const unsigned char pending_messages[] = {
#embed "../RedisStorage/Scripts/pending_messages.lua"
};
SCRIPT(pending_messages)

static const unsigned char put_documents[] = {
#embed "../RedisStorage/Scripts/put_documents.lua"
};
SCRIPT(put_documents)

static const unsigned char put_off_effect[] = {
#embed "../RedisStorage/Scripts/put_off_effect.lua"
};
SCRIPT(put_off_effect)

static const unsigned char read_memories[] = {
#embed "../RedisStorage/Scripts/read_memories.lua"
};
SCRIPT(read_memories)

static const unsigned char release_leases[] = {
#embed "../RedisStorage/Scripts/release_leases.lua"
};
SCRIPT(release_leases)

static const unsigned char remember[] = {
#embed "../RedisStorage/Scripts/remember.lua"
};
SCRIPT(remember)

static const unsigned char renew_leases[] = {
#embed "../RedisStorage/Scripts/renew_leases.lua"
};
SCRIPT(renew_leases)

static const unsigned char reserve[] = {
#embed "../RedisStorage/Scripts/reserve.lua"
};
SCRIPT(reserve)

static const unsigned char rest_message[] = {
#embed "../RedisStorage/Scripts/rest_message.lua"
};
SCRIPT(rest_message)

static const unsigned char revive_effects[] = {
#embed "../RedisStorage/Scripts/revive_effects.lua"
};
SCRIPT(revive_effects)

static const unsigned char search_leads[] = {
#embed "../RedisStorage/Scripts/search_leads.lua"
};
SCRIPT(search_leads)
