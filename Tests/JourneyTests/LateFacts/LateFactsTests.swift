import Foundation
import Sandbox
import TestSupport
import Testing

/// Services that answer when the card is long there.
@Suite(.timeLimit(.minutes(10)))
struct LateFactsTests {
  @Test func `what Apollo says late stands on the card, which stays where it is`() async throws {
    try await Desk.open(.onShift) { desk in
      desk.sandbox.world.add(
        CatalogueCompany("lorewerk.example", "Lorewerk", "Machinery", employees: 900, country: "DE"))
      desk.sandbox.world.setFault(.serverError(status: 503), for: .apollo)
      desk.sandbox.world.setFault(.serverError(status: 503), for: .clearbit)
      let dealt = try await desk.dealt("lore")
      try await dealt.card.expect("Not available: Apollo")
      desk.sandbox.world.clearFaults()
      // They are asked again after half a minute.
      try await dealt.card.expect("Manufacturing", within: .seconds(80))
      #expect(!dealt.card.words.contains("Not available"), "\(dealt.card.words)")
      let lead = try await desk.lead(dealt.id)
      #expect(lead["missing"].items.isEmpty)
      #expect(lead["sources"]["industry"].text == "apollo")
      // The form outranks every source, however late.
      #expect(lead["normalized"]["employees"].whole == 120)
      #expect(lead["history"].items.contains { $0["action"].text == "late_facts" })
      #expect(desk.cards(of: dealt.id).count == 1)
    }
  }

  @Test func `an account's owner whom HubSpot names late gets the card, and one line is left of the old one`()
    async throws
  {
    try await Desk.open(.onShift) { desk in
      let world = desk.sandbox.world
      world.addRecord(
        .companies,
        [
          "name": "Lorewerk", "domain": "lorewerk.example", "lifecyclestage": "customer",
          "hubspot_owner_id": desk.owner("petra") ?? "",
        ])
      world.setFault(.serverError(status: 503), for: .hubspot)
      let dealt = try await desk.dealt("lore")
      try await dealt.card.expect("ccount not checked")
      world.clearFaults()
      let moved = try await desk.card(in: "#leads-partners", about: "Lore Winter", within: .seconds(90))
      try await moved.expect("Petra")
      #expect(!moved.words.contains("not checked"), "\(moved.words)")
      try await dealt.card.expect("moved to")
      #expect(dealt.card.buttons.isEmpty)
      try await dealt.crm("the owner") { $0.properties["hubspot_owner_id"] == desk.owner("petra") }
      #expect(try await desk.lead(dealt.id)["route_reason"].text?.isEmpty == false)
    }
  }
}

/// Paid look-ups, as the services count them.
@Suite(.timeLimit(.minutes(10)))
struct PaidLookUpTests {
  @Test func `an answer about another company is refused, and the trace says so`() async throws {
    try await Desk.open(.onShift) { desk in
      desk.sandbox.world.confuse("lorewerk.example", with: "nordwerk.example")
      let dealt = try await desk.dealt("lore")
      let lead = try await desk.lead(dealt.id)
      #expect(lead["normalized"]["industry"].isNull && lead["missing"].items.isEmpty)
      let remarks = lead["trace"]["enrichment"].items.compactMap(\.text)
      #expect(remarks.contains("apollo: answered about nordwerk.example, not lorewerk.example"), "\(remarks)")
    }
  }

  @Test func `people of one company who come at once are paid for once`() async throws {
    try await Desk.open(.onShift) { desk in
      let names = ["ada", "bert", "cleo", "dora"]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for name in names { group.addTask { try await desk.submit(.berlin(name)) } }
        try await group.waitForAll()
      }
      for name in names { _ = try await desk.card(in: "#leads-dach", about: "\(name.capitalized) Winter") }
      #expect(desk.sandbox.world.calls(.apollo, "organizations.enrich").count == 1)
      #expect(desk.sandbox.world.calls(.apollo, "people.match").isEmpty, "the form says who they are")
      #expect(desk.sandbox.world.calls(.clearbit).count == 1)
    }
  }
}
