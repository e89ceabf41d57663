import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct OutageTests {
  static let faults: [Fault] = [.resetBefore, .serverError(status: 503), .hang]
  /// Shorter than in production, so that a hanging service is given up soon.
  static let shortBudget = Setup.editing("playbook.yaml", "budget: 8s", "budget: 2s")

  @Test(arguments: faults)
  func `without Apollo the card comes in time and says what is missing`(fault: Fault) async throws {
    try await Desk.open(Self.shortBudget) { desk in
      desk.sandbox.world.setFault(fault, for: .apollo)
      let started = ContinuousClock.now
      let answer = try await desk.submit(.berlin("marie"))
      let card = try await desk.card(in: "#leads-dach", about: "Marie Winter")
      // The budget, and two seconds for the rest on a busy machine.
      #expect(ContinuousClock.now - started < .seconds(4))
      try await card.expect("Not available: Apollo")
      #expect(try await desk.lead(answer.lead)["missing"].items.contains("apollo"))
    }
  }

  @Test(arguments: faults)
  func `without HubSpot the card comes in time, and the CRM is written once it is back`(fault: Fault) async throws {
    try await Desk.open(Self.shortBudget) { desk in
      desk.sandbox.world.setFault(fault, for: .hubspot)
      let lead = FormLead.berlin("nele")
      let started = ContinuousClock.now
      let answer = try await desk.submit(lead)
      let card = try await desk.card(in: "#leads-dach", about: "Nele Winter")
      #expect(ContinuousClock.now - started < .seconds(4))
      try await card.expect("HubSpot")
      try await card.expect("ccount not checked")
      #expect(desk.contacts(lead.email).isEmpty)
      desk.sandbox.world.clearFaults()
      try await CrashTests.expectOneOfEach(answer.lead, lead.email, desk, card: card)
    }
  }
}
