import Foundation
import RevOps

extension StorageConformance {
  static let commits: [Case] = [
    Case("a commit stores all of its parts") { (harness: Harness) in
      let scene = try await CommitScene(harness.make())
      try expect(try await scene.store.commit(scene.work), is: .committed, "the commit")
      try await scene.expectAll(in: harness.restart(scene.store))
    },

    Case("a commit refused for its lead's version leaves nothing") { store in
      var scene = try await CommitScene(store)
      scene.work.leads[1].version = 4
      try expect(try await store.commit(scene.work), is: .leadChanged, "another version")
      try await scene.expectNothing()
    },

    Case("a commit refused for a document's version leaves nothing") { store in
      var scene = try await CommitScene(store)
      scene.work.documents[1].version = 4
      try expect(try await store.commit(scene.work), is: .documentChanged, "another version")
      try await scene.expectNothing()
    },

    Case("a commit under a stale lease leaves nothing") { store in
      let scene = try await CommitScene(store)
      _ = try await store.acquire([scene.lead.id.partition], instance: "worker", for: .seconds(600))
      try expect(try await store.commit(scene.work), is: .staleLease, "an old epoch")
      try await scene.expectNothing()
    },

    Case("a lease gives no right to another partition's leads") { store in
      var scene = try await CommitScene(store)
      let stranger = try unwrap(
        (0..<100).lazy.map { Lead.sample("x\($0)@acme.example") }
          .first { $0.id.partition != scene.lead.id.partition }, "a lead of another partition")
      scene.work.leads.append(stranger)
      try expect(try await store.commit(scene.work), is: .staleLease, "another partition")
      try await scene.expectNothing()
    },

    Case("a new lead is refused when its id is taken") { store in
      let lead = Lead.sample()
      try await store.store(lead)
      let again = LeadCommit(lease: try await store.lease(lead.id.partition), leads: [lead])
      try expect(try await store.commit(again), is: .leadChanged, "version 0 of a lead that exists")
    },

    Case("of many commits on one version of a lead one wins") { store in
      let lead = try await store.store(.sample())
      let lease = try await store.lease(lead.id.partition)
      let results = try await withThrowingTaskGroup(of: CommitResult.self) { group in
        for number in 0..<50 {
          group.addTask {
            var claimed = lead
            claimed.desk.owner = "rep\(number)@n.example"
            return try await store.commit(LeadCommit(lease: lease, leads: [claimed]))
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      try expect(results.filter { $0 == .committed }.count, is: 1, "winners")
      try expect(results.filter { $0 == .leadChanged }.count, is: 49, "told to read again")
      try expect(try await store.lead(lead.id)?.version, is: 2, "version")
    },
  ]
}

/// A commit with something of everything, on a store where its message waits.
private struct CommitScene {
  let store: any Storage
  let lead: Lead
  let message: InboxMessage
  var work: LeadCommit

  init(_ store: any Storage) async throws {
    self.store = store
    lead = .sample()
    let delivery = lead.delivery(key: "form/1")
    message = delivery.message
    _ = try await store.append(delivery, now: noon)
    work = LeadCommit(lease: try await store.lease(lead.id.partition), leads: [lead, .sample(after: 1)])
    work.finishedMessages = [message.id]
    work.effects = [lead.effect("post"), lead.effect("note", target: "crm")]
    work.finishedEffects = [EffectCompletion(key: lead.effect("note").key, result: .done)]
    work.timers = [lead.timer(.accept, after: 60)]
    work.history = [(lead.id, HistoryEntry(at: noon, actor: "system", action: "received"))]
    work.documents = [
      StoredDocument(key: "rotation/a", version: 0, content: Data("{}".utf8)),
      StoredDocument(key: "rotation/b", version: 0, content: Data([0, 255])),
    ]
  }

  func expectAll(in store: any Storage) async throws {
    try expect(try await store.lead(lead.id)?.version, is: 1, "version")
    try expect(try await store.lead(work.leads[1].id)?.version, is: 1, "the second lead's version")
    try expect(try await store.pendingMessages(in: lead.id.partition, limit: 9), is: [], "messages")
    try expect(try await store.pendingEffects(of: lead.id).map(\.effect), is: [lead.effect("post")], "effects")
    try expect(try await store.timers(of: lead.id), is: work.timers, "timers")
    try expect(try await store.history(of: lead.id), is: work.history.map(\.entry), "history")
    let document = StoredDocument(key: "rotation/b", version: 1, content: Data([0, 255]))
    try expect(try await store.document("rotation/b"), is: document, "document")
  }

  func expectNothing() async throws {
    for lead in work.leads { try expect(try await store.lead(lead.id), is: nil, "lead") }
    try expect(try await store.pendingMessages(in: lead.id.partition, limit: 9).count, is: 1, "messages")
    try expect(try await store.pendingEffects(of: lead.id), is: [], "effects")
    try expect(try await store.backlog().count, is: 0, "backlog")
    try expect(try await store.timers(of: lead.id), is: [], "timers")
    try expect(try await store.history(of: lead.id), is: [], "history")
    for document in work.documents { try expect(try await store.document(document.key), is: nil, "document") }
    try expect(try await store.counts().values.reduce(0, +), is: 0, "leads counted")
  }
}
