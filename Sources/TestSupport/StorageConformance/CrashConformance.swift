import Foundation
import RevOps

extension StorageConformance {
  /// The work on one lead, abandoned after each of its steps in turn and taken up again by the next process: the end
  /// is the same wherever it was.
  static let crashes: [Case] = (0...LeadWork.steps.count).map { survived in
    Case("work abandoned after step \(survived) is taken up again: nothing lost, nothing double") {
      (harness: Harness) in
      let work = LeadWork()
      let store = try await harness.make()
      // The sender repeats what was never answered.
      _ = try await store.append(work.delivery, now: noon)
      for step in LeadWork.steps.prefix(survived) { try await step(work, store) }
      let later = try await harness.restart(store)
      let known = try await later.append(work.delivery, now: noon)
      try expect(known, is: .duplicate(work.lead.id), "the sender's repeat")
      try await work.finish(on: later)
      try await work.expectDone(on: harness.restart(later))
    }
  }
}

/// A worker in miniature: message → lead with an effect and a timer → effect done.
private struct LeadWork: Sendable {
  let lead = Lead.sample()
  let delivery: Delivery

  init() { delivery = lead.delivery(key: "form/1") }

  var effect: Effect { lead.effect("post") }

  static let steps: [@Sendable (LeadWork, any Storage) async throws -> Void] = [
    { try await $1.begin(message: $0.delivery.message.id, alone: false, lease: $1.lease($0.lead.id.partition)) },
    { try await $0.process(on: $1) },
    {
      try await $1.begin(effect: $0.effect.key, lead: $0.lead.id, alone: false, lease: $1.lease($0.lead.id.partition))
    },
    {
      try await $1.putOff(
        effect: $0.effect.key, lead: $0.lead.id, until: noon + 1, outcomeUnknown: true, error: "reset",
        lease: $1.lease($0.lead.id.partition))
    },
    {
      try await $1.begin(effect: $0.effect.key, lead: $0.lead.id, alone: false, lease: $1.lease($0.lead.id.partition))
    },
    { try await $0.complete(on: $1) },
  ]

  func process(on store: any Storage) async throws {
    var done = lead
    done.state = .delivered
    try await store.store(done) { work in
      work.finishedMessages = [delivery.message.id]
      work.effects = [effect]
      work.timers = [lead.timer(.accept, after: 60)]
      work.history = [(lead.id, HistoryEntry(at: noon, actor: "system", action: "received"))]
    }
  }

  func complete(on store: any Storage) async throws {
    let current = try unwrap(try await store.lead(lead.id), "the lead")
    try await store.store(current) { work in
      work.finishedEffects = [EffectCompletion(key: effect.key, result: .done)]
      work.history = [(lead.id, HistoryEntry(at: noon, actor: "system", action: "posted"))]
    }
  }

  /// What a new process does with what it finds.
  func finish(on store: any Storage) async throws {
    if try await !store.pendingMessages(in: lead.id.partition, limit: 9).isEmpty { try await process(on: store) }
    for pending in try await store.pendingEffects(of: lead.id) {
      try expect(pending.effect, is: effect, "the effect under its key")
      try expect(pending.outcomeUnknown || pending.attempts == 0, "a begun attempt may have happened")
      try await complete(on: store)
    }
  }

  func expectDone(on store: any Storage) async throws {
    let found = try unwrap(try await store.lead(lead.id), "the lead")
    try expect(found.version, is: 2, "two commits")
    try expect(try await store.counts().filter { $0.value > 0 }, is: [.delivered: 1], "one lead")
    try expect(try await store.pendingMessages(in: lead.id.partition, limit: 9), is: [], "messages")
    try expect(try await store.pendingEffects(of: lead.id), is: [], "effects")
    try expect(try await store.timers(of: lead.id), is: [lead.timer(.accept, after: 60)], "one timer")
    try expect(try await store.history(of: lead.id).map(\.action), is: ["received", "posted"], "history")
  }
}
