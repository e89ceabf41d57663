import CRedisScripts

/// A step that Redis carries out as a whole, by the name of its file in `Scripts`, where its contract stands.
struct Script: Sendable {
  let name: String
  /// With what several scripts need in front.
  let text: String
  /// It changes nothing: who only looks may run it.
  let isReading: Bool

  /// Stands in front of each.
  static let common = text(redis_script_common())

  private init(_ name: String, _ body: RedisScriptText, isReading: Bool = false) {
    self.name = name
    self.isReading = isReading
    text = Self.common + "\n" + Self.text(body)
  }

  private static func text(_ script: RedisScriptText) -> String {
    String(decoding: UnsafeBufferPointer(start: script.bytes, count: script.count), as: UTF8.self)
  }
}

extension Script {
  static let acquireLeases = Script("acquire_leases", redis_script_acquire_leases())
  static let append = Script("append", redis_script_append())
  static let attend = Script("attend", redis_script_attend())
  static let beginEffect = Script("begin_effect", redis_script_begin_effect())
  static let beginMessage = Script("begin_message", redis_script_begin_message())
  static let cache = Script("cache", redis_script_cache())
  static let commit = Script("commit", redis_script_commit())
  static let countToday = Script("count_today", redis_script_count_today())
  static let deadLetters = Script("dead_letters", redis_script_dead_letters(), isReading: true)
  static let dueEffects = Script("due_effects", redis_script_due_effects(), isReading: true)
  static let dueTimers = Script("due_timers", redis_script_due_timers(), isReading: true)
  static let expireCached = Script("expire_cached", redis_script_expire_cached())
  static let expireDeliveries = Script("expire_deliveries", redis_script_expire_deliveries())
  static let forgetCached = Script("forget_cached", redis_script_forget_cached())
  static let forgetMemories = Script("forget_memories", redis_script_forget_memories())
  static let leadTimers = Script("lead_timers", redis_script_lead_timers(), isReading: true)
  static let listLeads = Script("list_leads", redis_script_list_leads(), isReading: true)
  static let pendingEffects = Script("pending_effects", redis_script_pending_effects(), isReading: true)
  static let pendingMessages = Script("pending_messages", redis_script_pending_messages(), isReading: true)
  static let putDocuments = Script("put_documents", redis_script_put_documents())
  static let putOffEffect = Script("put_off_effect", redis_script_put_off_effect())
  static let readMemories = Script("read_memories", redis_script_read_memories(), isReading: true)
  static let releaseLeases = Script("release_leases", redis_script_release_leases())
  static let remember = Script("remember", redis_script_remember())
  static let renewLeases = Script("renew_leases", redis_script_renew_leases())
  static let reserve = Script("reserve", redis_script_reserve())
  static let restMessage = Script("rest_message", redis_script_rest_message())
  static let reviveEffects = Script("revive_effects", redis_script_revive_effects())
  static let searchLeads = Script("search_leads", redis_script_search_leads(), isReading: true)

  static let all = [
    acquireLeases, append, attend, beginEffect, beginMessage, cache, commit, countToday, deadLetters, dueEffects,
    dueTimers, expireCached, expireDeliveries, forgetCached, forgetMemories, leadTimers, listLeads, pendingEffects,
    pendingMessages,
    putDocuments, putOffEffect, readMemories, releaseLeases, remember, renewLeases, reserve, restMessage, reviveEffects,
    searchLeads,
  ]
}
