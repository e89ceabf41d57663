import Foundation
import Logging
import RevOps
import SQLiteStorage
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// A store in a folder of its own, with a Slack, a CRM and a clock around it: what outlives a process.
final class Office: Sendable {
  let folder: TemporaryFolder
  let store: any Storage
  let clock = MovableClock(monday)
  let slack = FakeSlack()
  let crm = FakeCRM()
  let enrichment = Faults()
  private let policy: Mutex<Policy>
  /// Where the people of most tests are: reading all would cost more than the tests do.
  let partitions: [Partition]
  private let sequence = Mutex(0)

  init(_ policy: Policy = .office(), everywhere: Bool = false) async throws {
    let people = ["ada@acme.example", "bob@b.example", "bob@other.example"]
    partitions = everywhere ? Partition.all : Set(people.map { Partition(of: $0) }).sorted()
    let clock = clock
    self.policy = Mutex(policy)
    folder = try TemporaryFolder()
    store = try await SQLiteStore.open(file: folder.url.appendingPathComponent("baton.sqlite"), now: { clock.now })
  }

  /// Around another store, with all partitions or those given.
  init(_ policy: Policy = .office(), store: any Storage, partitions: [Partition] = Partition.all) throws {
    self.policy = Mutex(policy)
    self.store = store
    self.partitions = partitions
    folder = try TemporaryFolder()
  }

  struct Connected: OptionSet {
    let rawValue: Int
    static let slack = Connected(rawValue: 1)
    static let crm = Connected(rawValue: 2)
    static let apollo = Connected(rawValue: 4)
  }

  func dependencies(
    _ connected: Connected, storage: (any Storage)? = nil, mode: PipelineDependencies.Mode = .live
  ) -> PipelineDependencies {
    let clock = clock
    return PipelineDependencies(
      storage: storage ?? store, policy: { self.policy.withLock { $0 } }, normalize: Self.facts,
      sources: connected.contains(.apollo) ? [apollo] : [], crm: connected.contains(.crm) ? crm.crm : nil,
      chat: connected.contains(.slack) ? slack.chat : nil, mode: mode, now: { clock.now }, random: { 0.5 },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Runs a pipeline while `body` does, then lets it end by itself.
  func open(
    _ connected: Connected = [.slack, .crm], mode: PipelineDependencies.Mode = .live,
    _ body: (Pipeline) async throws -> Void
  ) async throws {
    try await open(pipeline(dependencies(connected, mode: mode)), body)
  }

  func open(_ pipeline: Pipeline, _ body: (Pipeline) async throws -> Void) async throws {
    let run = Task { await pipeline.run() }
    do {
      try await body(pipeline)
      pipeline.stop()
    } catch {
      run.cancel()
      try await ended(run, pipeline)
      throw error
    }
    try await ended(run, pipeline)
  }

  /// Waits for the end of a pipeline that was told to; one that does not end is a failure, not a test without end.
  func ended(_ run: Task<Void, Never>, _ pipeline: Pipeline) async throws {
    let hasEnded = Mutex(false)
    let waiting = Task {
      await run.value
      hasEnded.withLock { $0 = true }
    }
    do {
      try await eventually("the pipeline ends") { hasEnded.withLock { $0 } }
    } catch {
      Issue.record("\(error); \(pipeline.stillRunning)")
      throw error
    }
    await waiting.value
  }

  func pipeline(_ dependencies: PipelineDependencies) -> Pipeline {
    Pipeline(dependencies, instance: "one", partitions: partitions)
  }

  private var apollo: EnrichmentSource {
    EnrichmentSource(
      source: .apollo, lookUpsPerLead: 2, person: { _ async throws(ServiceError) in nil },
      company: { domain async throws(ServiceError) in
        try await self.enrichment.call("apollo") {
          SourceAnswer(company: .init(industry: "Banking", employees: 900), domains: [domain])
        }
      })
  }

  private static let facts: @Sendable (LeadPayload, Enrichment?, CRMFacts) -> LeadFacts = { payload, found, crm in
    let normalized = NormalizedLead(
      email: payload.email, emailType: .business,
      domain: payload.email.split(separator: "@").last.map(String.init), fullName: payload.fullName,
      employees: found?.company?.employees)
    return LeadFacts(normalized: normalized, sources: [.email: .form], payload: payload, crm: crm)
  }

  /// The next millisecond of ids, so that what comes later sorts later.
  private var nextMoment: Date {
    let number = sequence.withLock {
      $0 += 1
      return $0
    }
    return monday.addingTimeInterval(Double(number) / 1_000)
  }
}

// MARK: What comes in

extension Office {
  @discardableResult
  func submit(
    _ email: String = "ada@acme.example", _ source: String = "hot", bulk: Bool = false, waking pipeline: Pipeline? = nil
  ) async throws -> LeadID {
    var random = SystemRandomNumberGenerator()
    let payload = LeadPayload(email: email, fullName: "Ada Lovelace", message: "Hello", source: source)
    let intake = Intake(
      channel: .form, receivedAt: clock.now, identity: email, payload: payload,
      raw: .object(["source": .string(source)]), bulk: bulk)
    let id = LeadID(identity: email, now: nextMoment, random: &random)
    try await append(.submission(intake), to: id, waking: pipeline)
    return id
  }

  func command(
    _ action: DeskCommand.Action, by actor: Actor, on lead: LeadID, waking pipeline: Pipeline? = nil
  ) async throws {
    var reply: ReplyAddress?
    if case .chatUser(let id) = actor { reply = ReplyAddress(responseURL: nil, channel: "#sales", user: id) }
    let command = DeskCommand(action: action, actor: actor, at: clock.now, reply: reply)
    try await append(.command(command), to: lead, waking: pipeline)
  }

  private func append(_ body: InboxMessage.Body, to lead: LeadID, waking pipeline: Pipeline?) async throws {
    var random = SystemRandomNumberGenerator()
    let message = InboxMessage(
      id: ULID.make(now: nextMoment, random: &random), leadID: lead, body: body, receivedAt: clock.now)
    let delivery = Delivery(key: message.id, bodyHash: nil, keepFor: .seconds(60), message: message)
    #expect(try await store.append(delivery, now: clock.now) == .appended)
    pipeline?.wake(lead.partition)
  }

  /// Time passes, and the pipeline is told to look.
  func pass(_ seconds: TimeInterval, waking pipeline: Pipeline) {
    clock.advance(by: seconds)
    for partition in partitions { pipeline.look(through: partition) }
  }
}

extension Actor {
  static func user(_ email: String) -> Actor { .chatUser(id: FakeSlack.user(email)) }
}

// MARK: What came of it

extension Office {
  func lead(_ id: LeadID) async throws -> Lead { try #require(try await store.lead(id)) }

  func messages(of id: LeadID) async throws -> [PendingMessage] {
    try await store.pendingMessages(in: id.partition, limit: 10_000).filter { $0.message.leadID == id }
  }

  /// Everything that was decided has happened.
  /// Its owner logs that it was lost.
  func close(_ lead: LeadID, waking pipeline: Pipeline) async throws {
    try await command(.logOutcome(Outcome(result: .lost)), by: .admin, on: lead, waking: pipeline)
    try await settled(lead)
  }

  func settled(_ ids: LeadID...) async throws {
    for id in ids {
      try await eventually("\(id) is through") {
        guard try await messages(of: id).isEmpty else { return false }
        return try await store.pendingEffects(of: id).isEmpty
      }
    }
  }

  func state(_ id: LeadID, is state: LeadState) async throws {
    try await eventually("\(id) is \(state)") { try await store.lead(id)?.state == state }
  }

  func deadLetters() async throws -> [DeadLetter] { try await store.deadLetters(cursor: nil, limit: 100).letters }

  func actions(_ id: LeadID) async throws -> [String] { try await store.history(of: id).map(\.action) }

  func rotation() async throws -> RotationState {
    try await RotationDocument.read(team: "sales", from: store).state
  }
}
