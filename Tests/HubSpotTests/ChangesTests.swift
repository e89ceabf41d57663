import Foundation
import RevOps
import Testing
import VendorAPI

@testable import HubSpot

/// Reading what people have changed.
@Suite struct ChangesTests {
  private let start = Date(timeIntervalSince1970: 1_800_000_000)

  private func client(_ hubspot: ScriptedHubSpot) -> HubSpotClient {
    HubSpotClient(transport: hubspot, token: "t", limiter: RateLimiter(rates: [:]), now: { Date() })
  }

  private func page(_ total: Int, _ ids: ClosedRange<Int>? = nil, next: Int? = nil) -> ScriptedHubSpot.Answer {
    let results = (ids.map(Array.init) ?? []).map { #"{"id":"\#($0)","properties":{}}"# }.joined(separator: ",")
    let paging = next.map { #","paging":{"next":{"after":"\#($0)"}}"# } ?? ""
    return .ok(#"{"total":\#(total),"results":[\#(results)]\#(paging)}"#)
  }

  @Test func `a time with more changes than a search gives is looked through in halves, page by page`() async throws {
    let hubspot = ScriptedHubSpot([
      "deals.search": [page(12_000, 1...2, next: 2), page(3, 1...2, next: 2), page(3, 3...3), page(1, 4...4)]
    ])
    let found = try await client(hubspot).changed(
      .deals, in: start..<start.addingTimeInterval(600), where: [SearchFilter("hs_is_closed", equals: "true")])
    #expect(found == ["1", "2", "3", "4"])
    let bodies = try hubspot.bodies("deals.search")
    let windows = bodies.map { body in
      (body["filterGroups"]?.array?.first?["filters"]?.array ?? []).prefix(2).compactMap { $0["value"]?.string }
    }
    #expect(
      windows == [
        ["1800000000000", "1800000600000"], ["1800000000000", "1800000300000"], ["1800000000000", "1800000300000"],
        ["1800000300000", "1800000600000"],
      ])
    #expect(bodies.map { $0["after"]?.string } == ["0", "0", "2", "0"])
    #expect(bodies.allSatisfy { $0["sorts"]?.array?.first?["propertyName"]?.string == "hs_lastmodifieddate" })
    #expect(bodies.allSatisfy { $0["filterGroups"]?.array?.first?["filters"]?.array?.count == 3 })
  }

  private func records(_ hubspot: ScriptedHubSpot) -> CRMRecords {
    HubSpotRecords.make(client: client(hubspot), settings: { Playbook.HubSpot() }, announcesChanges: true)
  }

  @Test func `a contact is read with its owner, all its addresses and the lead it was written for`() async throws {
    let lead = "p07-01JD0000000000000000000000"
    let hubspot = ScriptedHubSpot([
      "contacts.read": [
        .ok(
          #"{"id":"101","properties":{"email":"Ada@Acme.example","hs_additional_emails":"a@acme.example;b@acme.example","#
            + #""hubspot_owner_id":"11","notes_last_contacted":"1800000000000","createdate":"2026-11-22T10:00:00.5Z","#
            + #""firstname":"Ada","baton_lead_id":"\#(lead)"}}"#)
      ]
    ])
    let contact = try #require(try await records(hubspot).contact("101"))
    #expect(contact.addresses == ["ada@acme.example", "a@acme.example", "b@acme.example"])
    #expect(contact.owner == .person(id: "11", email: "jonas@northwind.example"))
    #expect(contact.leadID == LeadID(lead))
    #expect(contact.lastContactedAt == start)
    #expect(contact.createdAt == Timestamp.date(rfc3339: "2026-11-22T10:00:00.5Z"))
    #expect(contact.properties == ["email": "Ada@Acme.example", "firstname": "Ada"])
  }

  @Test func `an owner who is not in the list is looked for once more, then unknown`() async throws {
    let hubspot = ScriptedHubSpot(["contacts.read": [.ok(#"{"id":"1","properties":{"hubspot_owner_id":"19"}}"#)]])
    #expect(try await records(hubspot).contact("1")?.owner == .unknown)
    #expect(hubspot.count("owners.list") == 2)
  }

  @Test func `a token that may not read engagements sees none`() async throws {
    let forbidden = ScriptedHubSpot.Answer.json(403, #"{"status":"error","category":"MISSING_SCOPES"}"#)
    let hubspot = ScriptedHubSpot(["associations.batch_read": [forbidden]])
    #expect(try await records(hubspot).engagements("1", start).isEmpty)
  }

  @Test func `a deal's flags say how it ended, whatever its stage is called`() async throws {
    let hubspot = ScriptedHubSpot([
      "deals.read": [
        .ok(
          #"{"id":"9","properties":{"dealstage":"4711","hs_is_closed":"true","hs_is_closed_won":"true","amount":"480","#
            + #""closedate":"2027-01-15T08:00:00Z","closed_won_reason":"Price"},"#
            + #""associations":{"contacts":{"results":[{"id":"1","type":"x"}]},"companies":{"results":[{"id":"2"}]}}}"#)
      ], "contacts.batch_read": [.results(#"{"id":"1","properties":{"email":"Ada@acme.example"}}"#)],
      "companies.batch_read": [.results(#"{"id":"2","properties":{"domain":"www.acme.example"}}"#)],
    ])
    let deal = try #require(try await records(hubspot).deal("9"))
    #expect(deal.closed?.outcome == Outcome(result: .won, reason: "Price", amount: "480"))
    #expect(deal.closed?.at == start)
    #expect(deal.people == [["ada@acme.example"]])
    #expect(deal.domains == ["acme.example"])
  }
}
