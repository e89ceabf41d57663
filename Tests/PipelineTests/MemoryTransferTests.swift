import Foundation
import Logging
import RevOps
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// An index that is configured when the store has long remembered.
@Suite(.timeLimit(.minutes(2))) struct MemoryTransferTests {
  private final class Index: Sendable {
    struct State {
      var dimension = LocalEmbedding.dimension
      var failure: ServiceError?
      var written: [LeadID: AccountMemory] = [:]
      var puts = 0
    }

    private let state = Mutex(State())

    func set(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }
    var written: [LeadID: AccountMemory] { state.withLock { $0.written } }
    var puts: Int { state.withLock { $0.puts } }

    var port: MemoryIndex {
      MemoryIndex(
        shape: { () async throws(ServiceError) in
          self.state.withLock { MemoryIndex.Shape(name: "past", dimension: $0.dimension, metric: "cosine") }
        },
        put: { memory async throws(ServiceError) in
          if let failure = self.state.withLock({ $0.failure }) { throw failure }
          self.state.withLock { state in
            state.written[memory.leadID] = memory
            state.puts += 1
          }
        },
        forget: { leads async throws(ServiceError) in
          self.state.withLock { state in for lead in leads { state.written[lead] = nil } }
        }, nearest: { _, _, _, _ async throws(ServiceError) in [] })
    }
  }

  private func open(_ office: Office, _ index: Index?, _ body: (Pipeline) async throws -> Void) async throws {
    try await open(office, memory(office, index), body)
  }

  private func open(_ office: Office, _ memory: PastAccounts, _ body: (Pipeline) async throws -> Void) async throws {
    var dependencies = office.dependencies([.slack, .apollo])
    dependencies.memory = memory
    try await office.open(office.pipeline(dependencies), body)
  }

  private func memory(_ office: Office, _ index: Index?) -> PastAccounts {
    let clock = office.clock
    return PastAccounts(
      store: office.store, cache: office.store, index: index?.port, embedding: nil, now: { clock.now },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private static let people = ["ada@acme.example", "bob@b.example", "bob@other.example"]

  /// Leads that were lost, remembered by the store alone.
  private func lost(_ office: Office) async throws -> [LeadID] {
    var leads: [LeadID] = []
    for person in Self.people { leads.append(try await office.submit(person)) }
    let all = leads
    try await open(office, nil) { pipeline in
      for lead in all {
        try await office.state(lead, is: .delivered)
        let outcome = Outcome(result: .lost, reason: "price")
        try await office.command(.logOutcome(outcome), by: .admin, on: lead, waking: pipeline)
        try await office.state(lead, is: .closed)
        try await office.settled(lead)
      }
    }
    return leads
  }

  /// Looks at the clock again and again, until the index has heard of so many.
  private func told(_ count: Int, _ office: Office, _ index: Index, _ pipeline: Pipeline) async throws {
    try await eventually("\(count) are told") {
      office.pass(1, waking: pipeline)
      return index.written.count == count
    }
  }

  @Test func `what was remembered before there was an index is told to it once, as of when it was said`() async throws {
    let office = try await Office()
    let leads = try await lost(office)
    let index = Index()
    office.clock.advance(by: 3_600)
    try await open(office, index) { pipeline in
      try await told(leads.count, office, index, pipeline)
      for lead in leads {
        let memory = try #require(index.written[lead])
        #expect(memory.outcome == "lost" && memory.reason == "price" && memory.at == monday)
        try await office.settled(lead)
        #expect(try await office.actions(lead).filter { $0 == "outcome" }.count == 1)
      }
      let slack = office.slack.cards(of: leads[0]).count
      #expect(slack == 1)
    }
    // After a restart nothing is told again.
    try await open(office, index) { pipeline in
      for _ in 0..<10 { office.pass(MemoryTransfer.rest, waking: pipeline) }
      let late = try await office.submit("ada@acme.example")
      try await office.settled(late)
      #expect(index.puts == leads.count)
    }
  }

  @Test func `an index that is away or does not fit is told when it is back, and only what still holds`() async throws {
    let office = try await Office()
    let leads = try await lost(office)
    let index = Index()
    index.set { $0.dimension = 3 }
    let memory = memory(office, index)
    #expect(await memory.check()?.state == .unfit)
    try await open(office, memory) { pipeline in
      for _ in 0..<3 { office.pass(MemoryTransfer.rest, waking: pipeline) }
      try await office.command(
        .logOutcome(Outcome(result: .won)), by: .admin, on: leads[0], waking: pipeline)
      try await eventually("the correction") { try await office.lead(leads[0]).desk.outcome?.result == .won }
      try await office.settled(leads[0])
      #expect(index.written.isEmpty)
      index.set { state in
        state.dimension = LocalEmbedding.dimension
        state.failure = .down
      }
      #expect(await memory.check()?.state == .fits)
      try await eventually("it is tried") {
        office.pass(30, waking: pipeline)
        return try await !office.store.pendingEffects(of: leads[1]).isEmpty
      }
      index.set { $0.failure = nil }
      try await told(leads.count, office, index, pipeline)
      #expect(index.written[leads[0]]?.outcome == "won")
      #expect(index.written[leads[1]]?.outcome == "lost")
    }
  }

  @Test func `what was kept from an index while it did not fit is told to it afterwards`() async throws {
    let office = try await Office()
    let index = Index()
    let memory = memory(office, index)
    try await open(office, memory) { pipeline in
      let first = try await office.submit(waking: pipeline)
      try await office.state(first, is: .delivered)
      try await eventually("the mark") {
        office.pass(1, waking: pipeline)
        let mark = try await office.store.read(MemoryTransfer.Mark.self, MemoryTransfer.key(first.partition))
        return mark?.isDone == true
      }
      index.set { $0.dimension = 3 }
      #expect(await memory.check()?.state == .unfit)
      try await office.close(first, waking: pipeline)
      try await office.state(first, is: .closed)
      try await office.settled(first)
      #expect(index.written.isEmpty)
      index.set { $0.dimension = LocalEmbedding.dimension }
      #expect(await memory.check()?.state == .fits)
      try await told(1, office, index, pipeline)
    }
  }
}
