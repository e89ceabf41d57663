import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

extension Policy {
  /// An office whose promises run: fifteen minutes to claim, reminded after ten, four hours to the first touch.
  static func punctual(
    weights: [(String, Int)] = [("jo@n.example", 1), ("an@n.example", 1)], assignment: Team.Assignment = .roundRobin,
    capacity: Int? = nil, hours: WorkingHours? = nil, _ change: (inout Playbook) -> Void = { _ in }
  ) -> Policy {
    office(weights: weights, assignment: assignment, capacity: capacity, hours: hours) {
      $0.sla = Playbook.SLA()
      change(&$0)
    }
  }
}

extension WorkingHours {
  static let berlin = WorkingHours(
    timezone: "Europe/Berlin", days: [.mon, .tue, .wed, .thu, .fri], from: 9 * 60, to: 18 * 60)
}

extension Office {
  /// Time passes, and everything that follows from it has happened.
  func pass(minutes: Double, _ pipeline: Pipeline, _ lead: LeadID) async throws {
    clock.advance(by: minutes * 60)
    try await look(pipeline, lead)
  }

  func move(to text: String, _ pipeline: Pipeline, _ lead: LeadID) async throws {
    let date = try Date(text, strategy: .iso8601)
    clock.advance(by: date.timeIntervalSince(clock.now))
    try await look(pipeline, lead)
  }

  /// Until no timer of the lead is due, nothing waits for it, and nothing of it runs.
  private func look(_ pipeline: Pipeline, _ lead: LeadID) async throws {
    for partition in partitions { pipeline.look(through: partition) }
    try await eventually("nothing of \(lead) is due") {
      guard try await store.timers(of: lead).allSatisfy({ $0.due > clock.now }) else { return false }
      guard try await messages(of: lead).isEmpty else { return false }
      return try await store.pendingEffects(of: lead).isEmpty
    }
  }

  func all(_ ids: [LeadID], _ holds: (Lead) -> Bool) async throws -> Bool {
    for id in ids {
      guard let lead = try await store.lead(id), holds(lead) else { return false }
    }
    return true
  }

  func roster() async throws -> [String: RepStatus] { try await Roster.read(from: store) }
}
