import Foundation
import Sandbox
import TestSupport
import Testing

/// A key that was revoked: what the service refused is shown as parked, and goes on by itself when the key is right.
@Suite(.timeLimit(.minutes(5)))
struct CredentialsTests {
  @Test(arguments: [(StandIn.slack, "slack: invalid_auth"), (.hubspot, "hubspot: INVALID_AUTHENTICATION")])
  func `refused work is parked with its reason, and done once the service accepts the key`(
    service: StandIn, reason: String
  ) async throws {
    try await Desk.open { desk in
      desk.sandbox.world.setFault(.refusesCredentials, for: service)
      let lead = FormLead.berlin("greta")
      let answer = try await desk.submit(lead)
      try await eventually("it is parked") { try await desk.parked(answer.lead).contains(reason) }
      try await eventually("readiness tells") {
        try await desk.admin("/ready").json["dependencies"][service.rawValue]["state"].text == "failing"
      }
      var early: Desk.Card?
      if service == .hubspot { early = try await desk.card(in: "#leads-dach", about: "Greta Winter") }
      try await early?.expect("ccount not checked")
      try await desk.terminate()
      try await desk.restart()
      let late = service == .slack ? try await desk.card(in: "#leads-dach", about: "Greta Winter") : early
      let card = try #require(late)
      try await CrashTests.expectOneOfEach(answer.lead, lead.email, desk, card: card)
      #expect(try await desk.parked(answer.lead).isEmpty)
    }
  }
}
