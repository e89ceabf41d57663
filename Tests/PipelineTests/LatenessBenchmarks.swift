import Foundation
import RevOps
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// How late promises fire that come due in one moment. Figures for people; they depend on the machine and are no test.
/// `BATON_BENCH=1` runs them.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["BATON_BENCH"] == "1"))
struct LatenessBenchmarks {
  /// When each lead was first seen so.
  private final class Sightings: Sendable {
    private let seen = Mutex<[LeadID: ContinuousClock.Instant]>([:])
    private let holds: @Sendable (Lead) -> Bool

    init(_ holds: @escaping @Sendable (Lead) -> Bool) { self.holds = holds }

    var count: Int { seen.withLock { $0.count } }

    func note(_ lead: Lead) {
      guard holds(lead) else { return }
      seen.withLock { seen in
        if seen[lead.id] == nil { seen[lead.id] = .now }
      }
    }

    func delays(since start: ContinuousClock.Instant) -> [Duration] {
      seen.withLock { $0.values.map { $0 - start } }.sorted()
    }
  }

  @Test(arguments: [20, 150, 400]) func lateness(_ count: Int) async throws {
    let office = try await Office(.punctual(weights: (0..<40).map { ("r\($0)@n.example", 1) }), everywhere: true)
    for number in 0..<count { try await office.submit("person\(number)@company\(number).example") }
    let carded = Sightings { $0.desk.clock?.kind == .accept }
    let reminded = Sightings { $0.desk.clock?.remindedAt != nil }
    let passed = Sightings { $0.desk.passedBy?.count == 1 }
    var dependencies = office.dependencies([.slack, .crm])
    dependencies.changed = { lead in for sightings in [carded, reminded, passed] { sightings.note(lead) } }
    let pipeline = office.pipeline(dependencies)
    try await office.open(pipeline) { pipeline in
      try await eventually("cards") { carded.count == count }
      try await eventually("quiet") { pipeline.isIdle }
      for (name, sightings, seconds) in [("reminded", reminded, 600.0), ("passed on", passed, 300.0)] {
        let start = ContinuousClock.now
        office.clock.advance(by: seconds)
        try await eventually(name, every: .milliseconds(200)) { sightings.count == count }
        let delays = sightings.delays(since: start)
        print("\(count) \(name) at once: half within \(delays[count / 2]), all within \(delays[count - 1])")
        try await eventually("quiet") { pipeline.isIdle }
      }
    }
  }
}
