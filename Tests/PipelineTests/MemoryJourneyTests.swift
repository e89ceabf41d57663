import Foundation
import Logging
import RevOps
import SQLiteStorage
import TestSupport
import Testing

@testable import Pipeline

/// A pipeline without services on a store of its own, in which Jo does all the work.
private struct Desk: Sendable {
  let folder: TemporaryFolder
  let store: SQLiteStore
  let pipeline: Pipeline
  static let start = Date(timeIntervalSince1970: 1_772_442_000)

  init(mode: PipelineDependencies.Mode = .live) async throws {
    folder = try TemporaryFolder()
    store = try await SQLiteStore.open(file: folder.url.appendingPathComponent("baton.sqlite"))
    let policy = Self.policy
    pipeline = Pipeline(
      PipelineDependencies(
        storage: store, policy: { policy }, normalize: Self.facts, sources: [], crm: nil, chat: nil, mode: mode,
        now: { Self.start }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
      instance: "one")
  }

  func run(_ body: () async throws -> Void) async throws {
    let run = Task { await pipeline.run() }
    let result: Result<Void, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    pipeline.stop()
    await run.value
    try result.get()
  }

  /// Form fields are canonical already.
  private static let facts: @Sendable (LeadPayload, Enrichment?, CRMFacts) -> LeadFacts = { payload, _, crm in
    LeadFacts(
      normalized: NormalizedLead(
        email: payload.email, emailType: .business,
        domain: payload.email.split(separator: "@").last.map(String.init), country: payload.country,
        industry: payload.industry, employees: payload.employees.flatMap { Int($0) }),
      sources: [:], payload: payload, crm: crm)
  }

  private static let policy = Policy(
    version: "0123456789abcdef",
    routing: RoutingPolicy(
      teams: [Team(name: "sales", channel: "#sales", assignment: .none, members: [])], rules: [],
      fallback: .team("sales")),
    scoring: ScoringPolicy(
      rulesWeight: ExactDecimal(1), llmWeight: ExactDecimal(0), qualifyThreshold: ExactDecimal(0),
      nurtureThreshold: ExactDecimal(0), llmLimit: ExactDecimal(0), rules: []),
    playbook: Playbook())

  // MARK: What people do

  func submit(_ email: String, industry: String = "Banking", employees: Int = 900) async throws -> Lead {
    var random = SystemRandomNumberGenerator()
    let payload = LeadPayload(email: email, country: "DE", employees: "\(employees)", industry: industry)
    let intake = Intake(channel: .form, receivedAt: Self.start, identity: email, payload: payload, raw: nil)
    let id = LeadID(identity: email, now: Self.start, random: &random)
    return try await append(.submission(intake), to: id)
  }

  @discardableResult
  func jo(_ action: DeskCommand.Action, _ lead: Lead) async throws -> Lead {
    let command = DeskCommand(action: action, actor: .person(email: "jo@n.example"), at: Self.start, reply: nil)
    return try await append(.command(command), to: lead.id)
  }

  @discardableResult
  func log(_ result: Outcome.Result, _ reason: String?, _ lead: Lead) async throws -> Lead {
    try await jo(.logOutcome(Outcome(result: result, reason: reason)), lead)
  }

  /// Stores the message and waits until nothing of the lead is left to do.
  private func append(_ body: InboxMessage.Body, to id: LeadID) async throws -> Lead {
    var random = SystemRandomNumberGenerator()
    let message = InboxMessage(
      id: ULID.make(now: Self.start, random: &random), leadID: id, body: body, receivedAt: Self.start)
    let delivery = Delivery(key: message.id, bodyHash: nil, keepFor: .seconds(60), message: message)
    #expect(try await store.append(delivery, now: Self.start) == .appended)
    pipeline.wake(id.partition)
    let deadline = ContinuousClock.now + .seconds(60)
    while try await isBusy(id) {
      try #require(ContinuousClock.now < deadline, "the lead is not through")
      try await Task.sleep(for: .milliseconds(2))
    }
    return try #require(try await store.lead(id))
  }

  private func isBusy(_ id: LeadID) async throws -> Bool {
    let messages = try await store.pendingMessages(in: id.partition, limit: 100)
    let effects = try await store.pendingEffects(of: id)
    return messages.contains { $0.message.leadID == id } || !effects.isEmpty
  }
}

extension Lead {
  fileprivate var similar: [String]? {
    summarized?.similar.map { "\($0.account) \($0.outcome) \($0.reason ?? "-") \($0.similarity) \($0.why)" }
  }
}

@Suite struct MemoryJourneyTests {
  @Test("what became of an account is told with the next lead like it, and with no other")
  func remembered() async throws {
    let desk = try await Desk()
    try await desk.run {
      let first = try await desk.submit("ada@alpha.example")
      #expect(first.similar == [])
      try await desk.jo(.claim, first)
      try await desk.log(.lost, "price", first)
      let alike = try await desk.submit("bob@beta.example", employees: 800)
      #expect(alike.similar == ["alpha.example lost price 1.0 same industry, size and country"])
      #expect(alike.summarized?.summary.contains("Most like alpha.example: lost (price)") == true)
      #expect(try await desk.submit("cy@gamma.example", industry: "Agriculture", employees: 9).similar == [])
      #expect(try await desk.submit("dee@alpha.example").similar == [])
    }
  }

  @Test("a correction replaces what was said, and undo brings back what was said before or nothing")
  func corrected() async throws {
    let desk = try await Desk()
    try await desk.run {
      let lead = try await desk.submit("ada@alpha.example")
      #expect(try await desk.submit("b1@beta.example").similar == [])
      try await desk.jo(.claim, lead)
      let words = "same industry, size and country"
      #expect(try await desk.submit("b2@beta.example").similar == ["alpha.example claimed - 1.0 \(words)"])
      try await desk.jo(.undo, lead)
      #expect(try await desk.submit("b3@beta.example").similar == [])
      try await desk.jo(.claim, lead)
      try await desk.log(.lost, "price", lead)
      try await desk.log(.won, "discount", lead)
      #expect(try await desk.submit("b4@beta.example").similar == ["alpha.example won discount 1.0 \(words)"])
      try await desk.jo(.undo, lead)
      #expect(try await desk.submit("b5@beta.example").similar == ["alpha.example lost price 1.0 \(words)"])
    }
  }

  @Test("a later outcome of the same account takes the earlier one's place, whoever of it asked")
  func oneAccount() async throws {
    let desk = try await Desk()
    try await desk.run {
      let earlier = try await desk.submit("ada@alpha.example")
      try await desk.jo(.claim, earlier)
      try await desk.log(.lost, "timing", earlier)
      let later = try await desk.submit("eve@alpha.example")
      try await desk.jo(.claim, later)
      try await desk.log(.won, nil, later)
      let words = "same industry, size and country"
      #expect(try await desk.submit("bob@beta.example").similar == ["alpha.example won - 1.0 \(words)"])
    }
  }

  @Test("what was forgotten with a person does not come back")
  func forgotten() async throws {
    let desk = try await Desk()
    try await desk.run {
      let lead = try await desk.submit("ada@alpha.example")
      try await desk.jo(.nurture(reason: "no budget", revisitAt: nil), try await desk.jo(.claim, lead))
      #expect(try await desk.submit("b1@beta.example").similar?.count == 1)
      #expect(try await desk.store.forgetMemories(of: lead.id) == 1)
      #expect(try await desk.submit("b2@beta.example").similar == [])
    }
  }

  @Test("writing the same outcome twice is writing it once")
  func twice() async throws {
    let desk = try await Desk()
    try await desk.run {
      let lead = try await desk.submit("ada@alpha.example")
      let writing = PastAccounts(store: desk.store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      for _ in 1...2 { try await writing.write("won", reason: nil, of: lead, at: Desk.start) }
      #expect(try await desk.store.forgetMemories(of: lead.id) == 1)
    }
  }

  @Test("in shadow mode nothing is remembered")
  func shadow() async throws {
    let desk = try await Desk(mode: .shadow)
    try await desk.run {
      let lead = try await desk.submit("ada@alpha.example")
      try await desk.jo(.claim, lead)
      #expect(try await desk.log(.won, nil, lead).state == .closed)
      #expect(try await desk.store.forgetMemories(of: lead.id) == 0)
    }
  }
}
