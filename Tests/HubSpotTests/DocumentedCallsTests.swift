import Foundation
import RevOps
import Sandbox
import Testing

@testable import HubSpot

/// What is asked less often than what every lead needs. Every request is judged by HubSpot's document.
@Suite(.timeLimit(.minutes(1))) struct DocumentedCallsTests {
  @Test func `what people did, how deals stand, lists and sequences are asked as HubSpot documents it`() async throws {
    try await LoopbackHubSpot.call { client, world in
      let owner = try #require(world.owner("jonas@northwind.example")).id
      let contact = world.addRecord(.contacts, ["email": "ada@acme.example", "hubspot_owner_id": owner])
      let deal = world.addRecord(.deals, ["dealname": "A", "dealstage": "closedwon"])
      world.link(.deals, deal, to: .contacts, contact)
      let kinds: [CRMKind] = [.calls, .emails, .meetings]
      let done = kinds.map { kind in
        let id = world.addRecord(kind, ["hs_timestamp": "2026-11-20T10:00:00Z", "hubspot_owner_id": owner])
        world.link(kind, id, to: .contacts, contact)
        return id
      }
      let records = HubSpotRecords.make(client: client, settings: { Playbook.HubSpot() }, announcesChanges: false)
      #expect(try await records.engagements(contact, .distantPast).map(\.kind) == [.call, .email, .meeting])
      #expect(try await records.engaged(.meeting, done[2]) == [contact])
      #expect(try await records.deal(deal)?.people == [["ada@acme.example"]])
      #expect(try await records.contacts([contact]).map(\.id) == [contact])
      let day = Date(timeIntervalSinceNow: -86_400)..<Date(timeIntervalSinceNow: 60)
      #expect(try await records.closedDeals(day) == [deal])
      #expect(try await records.openDeals(day) == [])
      let crm = HubSpotCRM.make(
        client: client, portalID: nil, documents: MemoryDocuments(), policy: { .team() })
      try await crm.addToList("7", .known(contact: contact))
      try await crm.enroll("31", "jonas@northwind.example", .known(contact: contact))
      #expect(try await HubSpotInspection(client: client).portalID() == "62515")
    }
  }
}
