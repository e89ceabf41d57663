import Foundation
import RevOps

extension StorageConformance {
  static let outbox: [Case] = [
    Case("effects pend by sequence and key, as they were, not before their creation") { store in
      let lead = Lead.sample()
      let effects = [
        lead.effect("b", sequence: 2), lead.effect("z", sequence: 1), lead.effect("a", sequence: 2, after: 5),
      ]
      try await store.store(lead) { $0.effects = effects }
      let pending = try await store.pendingEffects(of: lead.id)
      try expect(pending.map(\.effect), is: [effects[1], effects[2], effects[0]], "order")
      let first = try unwrap(pending.first, "an effect")
      try expect(first.attempts == 0 && !first.wasRunning && !first.outcomeUnknown, "not begun")
      try expect(first.notBefore, is: noon, "due at its creation")
    },

    Case("the same effect key twice is one effect, also after it is done") { store in
      let lead = Lead.sample()
      let effect = lead.effect("post")
      var stored = try await store.store(lead) { $0.effects = [effect, effect] }
      stored = try await store.store(stored) { $0.effects = [effect] }
      try expect(try await store.pendingEffects(of: lead.id).count, is: 1, "effects")
      stored = try await store.store(stored) {
        $0.finishedEffects = [EffectCompletion(key: effect.key, result: .done)]
      }
      try await store.store(stored) { $0.effects = [effect] }
      try expect(try await store.pendingEffects(of: lead.id), is: [], "effects after it was done")
    },

    Case("leads with due effects come most overdue first") { store in
      let leads = (0..<3).map { Lead.sample("ada@acme.example", after: Double($0)) }
      let partition = leads[0].id.partition
      try expect(try await store.nextEffectDue(in: partition, after: noon), is: nil, "nothing is due")
      for (lead, due) in zip(leads, [30.0, 10, 50]) {
        try await store.store(lead) { $0.effects = [lead.effect("post", after: due), lead.effect("more", after: 90)] }
      }
      try expect(try await store.nextEffectDue(in: partition, after: noon), is: noon + 10, "the next")
      try expect(try await store.nextEffectDue(in: partition, after: noon + 10), is: noon + 30, "the one after it")
      let due = try await store.leadsWithDueEffects(in: partition, now: noon + 40, limit: 9)
      try expect(due, is: [leads[1].id, leads[0].id], "due")
      try expect(try await store.leadsWithDueEffects(in: partition, now: noon + 99, limit: 1).count, is: 1, "limit")
    },

    Case("an attempt is counted before the call, and one that died may have happened") { (harness: Harness) in
      let store = try await harness.make()
      let (lead, effect) = try await store.leadWithEffect()
      try await store.begin(effect: effect.key, lead: lead.id, alone: true, lease: store.lease(lead.id.partition))
      let later = try await harness.restart(store)
      let found = try unwrap(try await later.pendingEffects(of: lead.id).first, "the effect")
      try expect(found.wasRunning && found.outcomeUnknown, "it may have happened")
      try expect(found.attempts == 1 && found.deathsAlone == 1, "counted")
      let lease = try await later.lease(lead.id.partition)
      try await later.begin(effect: effect.key, lead: lead.id, alone: false, lease: lease)
      try await later.putOff(
        effect: effect.key, lead: lead.id, until: noon + 60, outcomeUnknown: false, error: "busy", lease: lease)
      let off = try unwrap(try await later.pendingEffects(of: lead.id).first, "the effect")
      try expect(off.outcomeUnknown, "an unknown outcome is not forgotten")
      try expect(!off.wasRunning && off.deathsAlone == 0 && off.attempts == 2, "put off")
    },

    Case("put off, an effect is due later, with its error") { store in
      let (lead, effect) = try await store.leadWithEffect()
      let lease = try await store.lease(lead.id.partition)
      try await store.begin(effect: effect.key, lead: lead.id, alone: false, lease: lease)
      try await store.putOff(
        effect: effect.key, lead: lead.id, until: noon + 60, outcomeUnknown: false, error: "busy", lease: lease)
      let found = try unwrap(try await store.pendingEffects(of: lead.id).first, "the effect")
      try expect(!found.outcomeUnknown, "the attempt is known to have failed")
      try expect(found.lastError, is: "busy", "error")
      try expect(try await store.nextEffectDue(in: lead.id.partition, after: noon), is: noon + 60, "due")
      try expect(try await store.revive(lead: lead.id, now: noon + 5, lease: lease), is: 1, "revived")
      try expect(try await store.nextEffectDue(in: lead.id.partition, after: noon), is: noon + 5, "due at once")
    },

    Case("every result but refused is final; a refused effect is a dead letter until revived") { store in
      let lead = Lead.sample()
      let results: [EffectCompletion.Result] = [.done, .superseded, .suppressed, .refused]
      var stored = try await store.store(lead) { $0.effects = results.map { lead.effect($0.rawValue) } }
      stored = try await store.store(stored) {
        $0.finishedEffects = results.map {
          EffectCompletion(key: lead.effect($0.rawValue).key, result: $0, reason: "channel is archived")
        }
      }
      try expect(try await store.pendingEffects(of: lead.id), is: [], "pending")
      let dead = try await store.deadLetters(cursor: nil, limit: 9).letters
      try expect(dead.map(\.effectKey), is: [lead.effect("refused").key], "dead letters")
      try expect(dead.map(\.reason), is: ["channel is archived"], "its reason")
      let lease = try await store.lease(lead.id.partition)
      try expect(try await store.revive(lead: lead.id, now: noon, lease: lease), is: 1, "revived")
      try expect(
        try await store.pendingEffects(of: lead.id).map(\.effect), is: [lead.effect("refused")], "pending again")
      try expect(try await store.deadLetters(cursor: nil, limit: 9).letters, is: [], "dead letters")
    },

    Case("a parked lead is a dead letter, and no longer when it goes on") { store in
      var lead = Lead.sample(state: .parked)
      lead.errors = ["died three times"]
      lead = try await store.store(lead)
      let dead = try await store.deadLetters(cursor: nil, limit: 9).letters
      try expect(dead.map(\.leadID), is: [lead.id], "the lead")
      try expect(dead.map(\.effectKey), is: [nil], "the lead itself")
      try expect(dead.map(\.reason), is: ["died three times"], "its reason")
      lead.state = .processing
      try await store.store(lead)
      try expect(try await store.deadLetters(cursor: nil, limit: 9).letters, is: [], "dead letters")
    },

    Case("dead letters come in pages, each once") { store in
      let lead = Lead.sample()
      let effects = (0..<5).map { lead.effect("e\($0)") }
      let stored = try await store.store(lead) { $0.effects = effects }
      try await store.store(stored) {
        $0.finishedEffects = effects.map { EffectCompletion(key: $0.key, result: .refused, reason: "no") }
      }
      var found: [String?] = []
      var cursor: String?
      repeat {
        let page = try await store.deadLetters(cursor: cursor, limit: 2)
        found += page.letters.map(\.effectKey)
        cursor = page.next
      } while cursor != nil && found.count < 99
      try expect(found.count, is: 5, "letters")
      try expect(Set(found), is: Set(effects.map(\.key)), "each once")
    },

    Case("the backlog counts what is unfinished, since its oldest") { store in
      try expect(try await store.backlog().oldest, is: nil, "an empty backlog")
      let lead = Lead.sample()
      let stored = try await store.store(lead) {
        $0.effects = [lead.effect("a"), lead.effect("b", after: 5), lead.effect("c", after: 9)]
      }
      try await store.store(stored) {
        $0.finishedEffects = [EffectCompletion(key: lead.effect("a").key, result: .done)]
      }
      let backlog = try await store.backlog()
      try expect(backlog.count, is: 2, "unfinished")
      try expect(backlog.oldest, is: noon + 5, "the oldest")
    },
  ]
}

extension Storage {
  fileprivate func leadWithEffect() async throws -> (Lead, Effect) {
    let lead = Lead.sample()
    let effect = lead.effect("post")
    return (try await store(lead) { $0.effects = [effect] }, effect)
  }
}
