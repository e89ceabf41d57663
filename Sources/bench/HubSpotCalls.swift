import Foundation
import Sandbox
import TestSupport

/// How many calls HubSpot gets: for a lead alone, for a hundred at once, and for a thousand at once while it enforces
/// what its accounts are allowed.
enum HubSpotCalls {
  private static let burst = 100
  private static let many = 1_000

  static func measure() async throws -> [String] {
    let few = try await Bed.run(services: StandIn.allCases, delays: [.hubspot: .milliseconds(60)]) { sandbox, _ in
      // The first lead also pays for what is asked once.
      _ = try await calls(for: 600_000..<600_001, sandbox)
      let alone = try await calls(for: 600_001..<600_002, sandbox)
      let all = Set(sandbox.world.calls.map(\.service.rawValue)).sorted().map { name in
        "\(name) \(sandbox.world.calls.count { $0.service.rawValue == name })"
      }
      let together = try await calls(for: 601_000..<(601_000 + burst), sandbox)
      return [
        "HubSpot calls, one lead     \(alone.count): \(alone.names)",
        "outbound calls, one lead    \(all.joined(separator: ", "))",
        "HubSpot calls, \(burst) at once   \(together.count), \(together.perLead(burst)) a lead: \(together.names)",
      ]
    }
    return few + (try await underLimits())
  }

  private static func underLimits() async throws -> [String] {
    try await Bed.run(limits: HubSpotLimits()) { sandbox, _ in
      let started = ContinuousClock.now
      let calls = try await calls(for: 610_000..<(610_000 + many), sandbox)
      let seconds = Int((ContinuousClock.now - started) / .seconds(1))
      let world = sandbox.world
      let contacts = world.records(.contacts)
      let doubled = contacts.count - Set(contacts.compactMap { $0.properties["email"] }).count
      let refused = String(format: "%.2f", 100 * Double(calls.refused) / Double(calls.count))
      return [
        "\(many) leads, 100 calls/10 s and 5 searches/s enforced: done in \(seconds) s",
        "  \(calls.count) calls, \(calls.perLead(many)) a lead, \(calls.refused) answered 429 (\(refused) %)",
        "  \(contacts.count) contacts, \(doubled) of them doubled, \(world.records(.companies).count) companies,"
          + " \(world.records(.notes).count) notes, \(world.hubSpotViolations.count) requests that HubSpot refuses",
      ]
    }
  }

  private struct Counted: Sendable {
    var operations: [String]
    var refused: Int

    var count: Int { operations.count }
    func perLead(_ leads: Int) -> String { String(format: "%.2f", Double(count) / Double(leads)) }

    var names: String {
      Dictionary(grouping: operations) { $0 }.map { ($0.key, $0.value.count) }.sorted { $0 < $1 }
        .map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
  }

  /// Sends the leads at once and waits until the last thing is written of each.
  private static func calls(for numbers: Range<Int>, _ sandbox: Sandbox) async throws -> Counted {
    let world = sandbox.world
    let before = world.records(.notes).count
    let leads = numbers.map { BenchLead($0) }
    for lead in leads { lead.makeKnown(to: world) }
    world.clearCalls()
    await withTaskGroup(of: Void.self) { group in
      for lead in leads { group.addTask { _ = await sandbox.form.submit(lead.json) } }
    }
    try await eventually("all notes", within: .seconds(400), every: .milliseconds(20)) {
      world.records(.notes).count >= before + leads.count
    }
    let calls = world.calls(.hubspot)
    return Counted(operations: calls.map(\.operation), refused: calls.count { $0.status == 429 })
  }
}
