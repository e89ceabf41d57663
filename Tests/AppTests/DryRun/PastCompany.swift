import Foundation
import Hiredis
import Logging
import Pipeline
import RedisStorage
import RevOps
import SQLiteStorage
import Synchronization
import TestSupport
import Testing

@testable import App

/// A store that the real pipeline has worked on for some days, in shadow mode: everything decided, nothing sent.
final class PastCompany: Sendable {
  let store: any Storage
  let folder: TemporaryFolder
  private let server: RedisServer?
  private let closing: @Sendable () async throws -> Void
  let clock: MovableClock
  private let policy: Mutex<Policy>

  enum Place: Sendable, CaseIterable {
    case sqlite
    case redis
  }

  init(_ policy: Policy, in place: Place = .sqlite) async throws {
    // Monday, 2 November 2026, 06:00 UTC.
    let clock = MovableClock(Date(timeIntervalSince1970: 1_793_599_200))
    self.clock = clock
    self.policy = Mutex(policy)
    folder = try TemporaryFolder()
    switch place {
    case .sqlite:
      let store = try await SQLiteStore.open(file: folder.url.appending(path: "baton.sqlite"), now: { clock.now })
      (self.store, server, closing) = (store, nil, { try await store.close() })
    case .redis:
      let server = try await RedisServer()
      let store = try await RedisStore.open(RedisAddress(server.url), now: { clock.now })
      (self.store, self.server, closing) = (store, server, { await store.close() })
    }
  }

  /// What a command line finds the store by.
  func settings() throws -> BatonEnvironment {
    var variables = ["BATON_DATA_DIR": folder.url.path]
    variables["REDIS_URL"] = server?.url
    return try BatonEnvironment.read(variables: variables)
  }

  /// The service ends.
  func close() async throws { try await closing() }

  var past: PastLeads { PastLeads(store) }

  func use(_ policy: Policy) { self.policy.withLock { $0 = policy } }

  /// Works while `body` does.
  func work(_ body: (Pipeline) async throws -> Void) async throws {
    let clock = clock
    let pipeline = Pipeline(
      PipelineDependencies(
        storage: store, policy: { self.policy.withLock { $0 } },
        normalize: { Normalizer.shared.normalize(payload: $0, enrichment: $1, crm: $2) }, sources: [], crm: Self.crm,
        chat: nil, mode: .shadow, now: { clock.now }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
      instance: "one")
    let run = Task { await pipeline.run() }
    do {
      try await body(pipeline)
      pipeline.stop()
      await run.value
    } catch {
      run.cancel()
      await run.value
      throw error
    }
  }

  /// - Returns: the lead's id, once it is through.
  @discardableResult
  func submit(_ json: JSONObject, _ pipeline: Pipeline) async throws -> LeadID {
    let payload = try LeadPayload.read(.object(json))
    let identity = EmailAddress(payload.email)?.identity ?? payload.email
    let intake = Intake(
      channel: .form, receivedAt: clock.now, identity: identity, payload: payload, raw: .object(json))
    return try await append(.submission(intake), LeadID(identity: identity, now: clock.now, random: &Self.random))
  }

  func command(_ action: DeskCommand.Action, on lead: LeadID) async throws {
    let command = DeskCommand(action: action, actor: .admin, at: clock.now, reply: nil)
    _ = try await append(.command(command), lead)
  }

  private func append(_ body: InboxMessage.Body, _ lead: LeadID) async throws -> LeadID {
    let message = InboxMessage(
      id: ULID.make(now: clock.now, random: &Self.random), leadID: lead, body: body, receivedAt: clock.now)
    let delivery = Delivery(key: message.id, bodyHash: nil, keepFor: .seconds(60), message: message)
    #expect(try await store.append(delivery, now: clock.now) == .appended)
    return lead
  }

  func settle(_ pipeline: Pipeline) async throws {
    for partition in Partition.all { pipeline.wake(partition) }
    for partition in Partition.all {
      try await eventually("partition \(partition) is empty", within: .seconds(60)) {
        try await store.pendingMessages(in: partition, limit: 1).isEmpty
      }
    }
  }

  private static var random: SystemRandomNumberGenerator {
    get { SystemRandomNumberGenerator() }
    set {}
  }

  /// Knows who has which tenth company; one of these people has left.
  private static let crm = CRM(
    lookUp: { query in
      guard let domain = query.domain, let number = Int(domain.filter(\.isNumber)), number % 10 == 0 else {
        return CRMFacts()
      }
      let owner = number % 20 == 0 ? "lena@northwind.example" : "former@northwind.example"
      return CRMFacts(accountOwner: owner, accountStage: number % 30 == 0 ? .customer : .known, matchedBy: "domain")
    },
    perform: { _, _, record in record }, addNote: { _, _, _, _, _ in "note" }, addTask: { _, _, _, _, _, _ in "task" },
    addToList: { _, _ in }, activeOwners: { seats }, recordURL: { _ in nil })

  /// Everybody but the one who has left, and Nia.
  private static let seats = (try? Northwind.policy().routing.teams.flatMap(\.members).map(\.email)).map {
    Set($0).subtracting(["nia@northwind.example"])
  }
}

extension PastCompany {
  /// So many random leads in an hour, all of them done at the end.
  func receive(_ count: Int, seed: UInt64, _ pipeline: Pipeline) async throws {
    var dice = Dice(seed)
    for number in 0..<count {
      try await submit(RandomLeads.lead(1_000 + number, &dice), pipeline)
      clock.advance(by: 3_600 / Double(count))
    }
    try await settle(pipeline)
  }

  /// So many random leads in the course of a week, with some desk work between.
  func live(through count: Int, seed: UInt64) async throws {
    var dice = Dice(seed)
    try await work { pipeline in
      for number in 0..<count {
        let id = try await submit(RandomLeads.lead(number, &dice), pipeline)
        if number % 25 == 24 { try await settle(pipeline) }
        if number % 50 == 49 { try await command(.qualify, on: id) }
        clock.advance(by: Double.random(in: 60...2_400, using: &dice))
      }
      try await settle(pipeline)
    }
  }
}
