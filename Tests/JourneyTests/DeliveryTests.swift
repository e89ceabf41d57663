import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct DeliveryTests {
  @Test func `a delivery that comes a hundred times at once is one lead with one card`() async throws {
    try await Desk.open { desk in try await Crowd.deliverAHundredTimes(desk) }
  }

  @Test func `the same id with another body is a duplicate, kept as a conflict and not processed`() async throws {
    try await Desk.open { desk in
      let first = try await desk.submit(.berlin("ida"), id: "delivery-2")
      let card = try await desk.card(in: "#leads-dach", about: "Ida Winter")
      let second = try await desk.submit(.berlin("otto", company: "Havelwerk"), id: "delivery-2")
      #expect(second.http == 200 && second.status == "duplicate" && second.lead == first.lead)
      let lead = try await desk.lead(first.lead, "the conflict in its history") { lead in
        lead["history"].items.contains { $0["action"].text == "conflict" }
      }
      let conflict = lead["history"].items.first { $0["action"].text == "conflict" }
      #expect(conflict?["body"]["full_name"].text == "Otto Winter")
      #expect(lead["raw"]["full_name"].text == "Ida Winter")
      #expect(card.words.contains("Ida Winter"))
      #expect(desk.contacts("otto@havelwerk.example").isEmpty)
    }
  }

  @Test func `fifty people who claim at once: one owner, and forty-nine are told privately who has it`() async throws {
    try await Desk.open(Crowd.setup) { desk in try await Crowd.claimAtOnce(desk) }
  }
}
