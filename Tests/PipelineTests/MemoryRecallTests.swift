import Foundation
import Logging
import RevOps
import Testing

@testable import Pipeline

/// A memory that answers what it is told to.
private struct ScriptedMemory: MemoryStore {
  var found: [(memory: AccountMemory, similarity: Double)] = []
  var fails = false

  func remember(_ memory: AccountMemory) async throws(StorageError) {}
  func nearest(
    to vector: [Float], model: String, limit: Int, excluding account: String?
  ) async throws(StorageError) -> [(memory: AccountMemory, similarity: Double)] {
    if fails { throw StorageError(.unavailable, "the disk is full") }
    return Array(found.filter { $0.memory.account != account && $0.memory.model == model }.prefix(limit))
  }
  func memories(
    of model: String, in partition: Partition, after lead: LeadID?, limit: Int
  ) async throws(StorageError) -> [AccountMemory] { [] }
  func forgetMemories(of lead: LeadID) async throws(StorageError) -> Int { 0 }
}

private let facts = LeadFacts(
  normalized: NormalizedLead(
    email: "ada@acme.example", emailType: .business, domain: "acme.example", country: "DE", industry: "Banking",
    employees: 900),
  sources: [:], payload: LeadPayload(email: "ada@acme.example"), crm: .notChecked)

private func memory(
  _ account: String, _ outcome: String, industry: String? = "Banking", country: String? = "DE", at day: Int = 0
) -> AccountMemory {
  let at = Date(timeIntervalSince1970: 1_772_442_000 + Double(day) * 86_400)
  var random = SystemRandomNumberGenerator()
  return AccountMemory(
    id: "\(account)/\(outcome)", account: account, outcome: outcome, reason: nil, at: at, industry: industry,
    country: country, employees: nil, leadID: LeadID(identity: account, now: at, random: &random), vector: [],
    model: LocalEmbedding.model)
}

@Suite struct MemoryRecallTests {
  private func recall(
    _ found: [(memory: AccountMemory, similarity: Double)], limit: Int = 3, fails: Bool = false
  ) async -> RecallStage.Found {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    return await RecallStage(
      memory: PastAccounts(store: ScriptedMemory(found: found, fails: fails), logger: logger), limit: limit,
      logger: logger)(facts)
  }

  @Test("the most alike come first; of equals the settled, then the later; losses are among them")
  func order() async {
    let found = await recall(
      [
        (memory("claimed.example", "claimed", at: 9), 0.902), (memory("old.example", "won", at: 1), 0.901),
        (memory("new.example", "lost", at: 2), 0.899), (memory("near.example", "nurtured"), 0.97),
      ], limit: 4)
    #expect(found.similar.map(\.account) == ["near.example", "new.example", "old.example", "claimed.example"])
    #expect(found.similar.map(\.similarity) == [0.97, 0.9, 0.9, 0.9])
    #expect(found.similar.first?.why == "same industry and country")
  }

  @Test("no more than asked for; none when memory is off")
  func limit() async {
    let many = (0..<9).map { (memory: memory("a\($0).example", "won"), similarity: 0.9) }
    #expect(await recall(many, limit: 2).similar.count == 2)
    #expect(await recall(many, limit: 0).similar.isEmpty)
  }

  @Test("an account has one line: its most settled outcome")
  func oneLine() async {
    let found = await recall([
      (memory("beta.example", "claimed", at: 5), 0.95), (memory("beta.example", "lost", at: 1), 0.9),
      (memory("beta.example", "disqualified", at: 9), 0.95),
    ])
    #expect(found.similar.map(\.outcome) == ["lost"])
  }

  @Test("weak likeness, and likeness in the country alone, is none")
  func weak() async {
    let found = await recall([
      (memory("far.example", "won"), 0.49), (memory("edge.example", "won"), 0.5),
      (memory("country.example", "won", industry: nil), 1), (memory("other.example", "won", industry: "Legal"), 0.9),
    ])
    #expect(found.similar.map(\.account) == ["edge.example"])
  }

  @Test("the same account does not come back")
  func itself() async {
    #expect(await recall([(memory("acme.example", "won"), 1)]).similar.isEmpty)
  }

  @Test("a store that fails costs the similar accounts and says so, not the lead")
  func failure() async {
    let found = await recall([(memory("beta.example", "won"), 0.9)], fails: true)
    #expect(found.similar.isEmpty)
    #expect(found.warning == "past accounts not checked")
    #expect(await recall([]).warning == nil)
  }
}
