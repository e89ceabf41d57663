import Foundation
import RevOps
import Testing

@testable import HubSpot

/// Reps whom HubSpot knows by another address, or whom the configuration names by their owner's id there.
@Suite struct RepAddressTests {
  private static let jonas = Member(email: "jo@northwind.example", hubspot: "Jonas@northwind.example")
  private static let anna = Member(email: "an@northwind.example", hubspot: "12")
  private static let gone = Member(email: "go@northwind.example", hubspot: "gone@northwind.example")

  private func crm(_ wire: ScriptedHubSpot) -> CRM { .scripted(wire, members: [Self.jonas, Self.anna, Self.gone]) }

  @Test(arguments: [("jo@northwind.example", "11"), ("an@northwind.example", "12")])
  func `a contact, a task and a sequence get the owner whom the rep is in HubSpot`(rep: String, id: String) async throws
  {
    let wire = ScriptedHubSpot([
      "contacts.read": [.missing], "contacts.search": [.results()],
      "contacts.create": [.json(201, #"{"id":"101","properties":{"hubspot_owner_id":"\#(id)"}}"#)],
      "tasks.create": [.json(201, #"{"id":"501","properties":{}}"#)], "sequences.enrollment": [.missing],
      "sequences.enroll": [.ok("{}")],
      "owners.list": [
        .results(
          #"{"id":"11","userId":5,"email":"jonas@northwind.example"}"#,
          #"{"id":"12","userId":6,"email":"anna@northwind.example"}"#)
      ],
    ])
    let crm = crm(wire)
    let write = try CRM.Write.lead(owner: rep, replacesOwner: true)
    let record = try await crm.perform(.contact, write, CRMRecord())
    #expect(try wire.written("contacts.create", "hubspot_owner_id") == id)
    #expect(record.ownerWritten == rep && record.remarks.isEmpty)
    _ = try await crm.addTask("t1", "Call", Date(), rep, record, false)
    #expect(try wire.written("tasks.create", "hubspot_owner_id") == id)
    try await crm.enroll("77", rep, record)
    #expect(try wire.bodies("sequences.enroll").first?["senderEmail"]?.string?.hasSuffix("@northwind.example") == true)
  }

  @Test func `owners of contact, account and deal are the reps whom the configuration knows`() async throws {
    let wire = ScriptedHubSpot([
      "contacts.read": [
        .ok(
          #"{"id":"101","properties":{"email":"ada@acme.example","hubspot_owner_id":"11"},"#
            + #""associations":{"companies":{"results":[{"id":"202"}]},"deals":{"results":[{"id":"303"}]}}}"#)
      ],
      "companies.search": [.results(#"{"id":"202","properties":{"domain":"acme.example","hubspot_owner_id":"12"}}"#)],
      "associations.batch_read": [.results()],
      "deals.batch_read": [.results(#"{"id":"303","properties":{"hs_is_closed":"false","hubspot_owner_id":"11"}}"#)],
    ])
    let facts = try await crm(wire).lookUp(CRM.Query(email: "ada@acme.example", domain: "acme.example", company: nil))
    #expect(facts.contactOwner == "jo@northwind.example")
    #expect(facts.accountOwner == "an@northwind.example")
    #expect(facts.dealOwner == "jo@northwind.example")
  }

  @Test func `who can own records is told by the configuration's addresses, and who has left is not among them`()
    async throws
  {
    #expect(await crm(ScriptedHubSpot([:])).activeOwners() == ["jo@northwind.example", "an@northwind.example"])
  }
}
