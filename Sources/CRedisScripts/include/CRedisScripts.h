#ifndef CREDISSCRIPTS_H
#define CREDISSCRIPTS_H
#include <stddef.h>

// The scripts of Sources/RedisStorage/Scripts, compiled into the program: a binary that is moved needs no files beside
// it, and a missing script is a build error.

typedef struct {
  const unsigned char *bytes;
  size_t count;
} RedisScriptText;

RedisScriptText redis_script_acquire_leases(void);
RedisScriptText redis_script_append(void);
RedisScriptText redis_script_attend(void);
RedisScriptText redis_script_begin_effect(void);
RedisScriptText redis_script_begin_message(void);
RedisScriptText redis_script_cache(void);
RedisScriptText redis_script_commit(void);
RedisScriptText redis_script_common(void);
RedisScriptText redis_script_count_today(void);
RedisScriptText redis_script_dead_letters(void);
RedisScriptText redis_script_due_effects(void);
RedisScriptText redis_script_due_timers(void);
RedisScriptText redis_script_expire_cached(void);
RedisScriptText redis_script_expire_deliveries(void);
RedisScriptText redis_script_forget_cached(void);
RedisScriptText redis_script_forget_memories(void);
RedisScriptText redis_script_lead_timers(void);
RedisScriptText redis_script_list_leads(void);
RedisScriptText redis_script_pending_effects(void);
RedisScriptText redis_script_pending_messages(void);
RedisScriptText redis_script_put_documents(void);
RedisScriptText redis_script_put_off_effect(void);
RedisScriptText redis_script_read_memories(void);
RedisScriptText redis_script_release_leases(void);
RedisScriptText redis_script_remember(void);
RedisScriptText redis_script_renew_leases(void);
RedisScriptText redis_script_reserve(void);
RedisScriptText redis_script_rest_message(void);
RedisScriptText redis_script_revive_effects(void);
RedisScriptText redis_script_search_leads(void);

#endif
