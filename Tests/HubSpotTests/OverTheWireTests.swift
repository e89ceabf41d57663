import Foundation
import RevOps
import Sandbox
import Testing
import VendorAPI

@testable import HubSpot

/// The whole way over loopback, against a stand-in that keeps records as HubSpot does.
@Suite(.timeLimit(.minutes(1))) struct OverTheWireTests {
  private func withHubSpot(
    token: String? = nil, _ body: @Sendable (CRM, World) async throws -> Void
  ) async throws {
    try await LoopbackHubSpot.open(token: token, body)
  }

  @Sendable private func writeAll(
    _ write: CRM.Write, with crm: CRM, into record: RevOps.CRMRecord = RevOps.CRMRecord()
  ) async throws -> RevOps.CRMRecord {
    var record = record
    for step in CRMStep.allCases { record = try await crm.perform(step, write, record) }
    return record
  }

  @Test func `leads of one person at once make one contact and one company, though the search lags`() async throws {
    try await withHubSpot { crm, world in
      world.setSearchLag(30)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<12 {
          group.addTask {
            let write = try CRM.Write.lead(email: number < 8 ? "ada@acme.example" : "p\(number)@acme.example")
            _ = try await writeAll(write, with: crm)
          }
        }
        try await group.waitForAll()
      }
      #expect(world.records(.companies).count == 1)
      #expect(world.records(.contacts).count == 5)
      let company = try #require(world.records(.companies).first)
      #expect(world.linked(.companies, company.id, to: .contacts).count == 5)
    }
  }

  @Test func `a write-back sets owner, status and stage, and repeating it changes nothing`() async throws {
    try await withHubSpot { crm, world in
      let owner = try #require(
        world.records(.contacts).isEmpty ? CRMOwner(id: "9", email: "o@n.example", name: "O") : nil)
      world.addOwner(owner)
      let write = try CRM.Write.lead(
        owner: "o@n.example", replacesOwner: true, leadStatus: "NEW", lifecycle: "marketingqualifiedlead")
      let first = try await writeAll(write, with: crm)
      let contact = try #require(world.records(.contacts).first)
      #expect(contact.properties["hubspot_owner_id"] == "9")
      #expect(contact.properties["hs_lead_status"] == "NEW")
      #expect(contact.properties["lifecyclestage"] == "marketingqualifiedlead")
      #expect(first.associated && first.remarks.isEmpty)
      world.clearCalls()
      #expect(try await writeAll(write, with: crm, into: first) == first)
      #expect(world.calls(.hubspot).allSatisfy { $0.method == "GET" || $0.operation.hasSuffix(".batchRead") })
    }
  }

  @Test(arguments: [ConflictForm.message, .identityProfile, .bare])
  func `the contact who has the address as a further one is filled, whatever the refusal says`(
    form: ConflictForm
  ) async throws {
    try await withHubSpot { crm, world in
      world.setConflictForm(form)
      let id = world.addRecord(
        .contacts, ["email": "x@y.example", "hs_additional_emails": "ada@acme.example", "firstname": "A."])
      let record = try await crm.perform(.contact, CRM.Write.lead(), RevOps.CRMRecord())
      #expect(record.contactID == id)
      #expect(world.records(.contacts).count == 1)
      #expect(world.record(.contacts, id)?.properties["firstname"] == "A.")
      #expect(world.record(.contacts, id)?.properties["jobtitle"] == "CTO")
    }
  }

  @Test func `a note whose answer was lost is found when it is tried again`() async throws {
    try await withHubSpot { crm, world in
      let record = try await crm.perform(.contact, CRM.Write.lead(), RevOps.CRMRecord())
      world.setFault(.resetAfter, for: .hubspot, operation: "notes.create", calls: 1)
      let error = await #expect(throws: ServiceError.self) {
        try await crm.addNote("m1", "Why: DACH", record, Date(), false)
      }
      #expect(error?.outcomeUnknown == true)
      let id = try await crm.addNote("m1", "Why: DACH", record, Date(), true)
      #expect(world.records(.notes).map(\.id) == [id])
      #expect(world.linked(.notes, id, to: .contacts) == [try #require(record.contactID)])
    }
  }

  @Test(arguments: ["contacts.create", "companies.create"])
  func `a record whose answer was lost is not made twice`(operation: String) async throws {
    try await withHubSpot { crm, world in
      world.setFault(.resetAfter, for: .hubspot, operation: operation, calls: 1)
      await #expect(throws: ServiceError.self) { try await writeAll(CRM.Write.lead(), with: crm) }
      let record = try await writeAll(CRM.Write.lead(), with: crm)
      #expect(world.records(.contacts).map(\.id) == [record.contactID])
      #expect(world.records(.companies).map(\.id) == [record.companyID])
    }
  }

  @Test func `a look-up shows the company's owner and its open deal`() async throws {
    try await withHubSpot { crm, world in
      world.addOwner(CRMOwner(id: "9", email: "o@n.example", name: "O"))
      world.addOwner(CRMOwner(id: "10", email: "left@n.example", name: "L", archived: true))
      let company = world.addRecord(
        .companies, ["name": "Acme", "domain": "acme.example", "hubspot_owner_id": "9"])
      let deal = world.addRecord(.deals, ["dealstage": "qualifiedtobuy", "hubspot_owner_id": "9"])
      world.link(.deals, deal, to: .companies, company)
      let query = CRM.Query(email: "ada@acme.example", domain: "acme.example", company: nil)
      let facts = try await crm.lookUp(query)
      #expect(facts.accountOwner == "o@n.example" && facts.dealOwner == "o@n.example")
      #expect(facts.accountStage == .openDeal && facts.companyID == company && facts.contactID == nil)
      world.setRecord(.deals, deal, ["dealstage": "closedwon"])
      world.setRecord(.companies, company, ["hubspot_owner_id": "10"])
      let later = try await crm.lookUp(query)
      #expect(later.accountStage == .known && later.accountOwner == nil)
    }
  }

  @Test func `a task goes to its owner and a contact onto a list`() async throws {
    try await withHubSpot { crm, world in
      world.addOwner(CRMOwner(id: "9", email: "o@n.example", name: "O"))
      let record = try await writeAll(CRM.Write.lead(), with: crm)
      let id = try await crm.addTask("t1", "Call", Date(), "o@n.example", record, true)
      #expect(world.record(.tasks, id)?.properties["hubspot_owner_id"] == "9")
      #expect(world.linked(.tasks, id, to: .companies) == [try #require(record.companyID)])
      try await crm.addToList("7", record)
      #expect(world.listMembers("7") == [try #require(record.contactID)])
    }
  }

  @Test func `a token that HubSpot does not know is refused for good`() async throws {
    try await withHubSpot(token: "wrong") { crm, _ in
      let error = await #expect(throws: ServiceError.self) {
        try await crm.lookUp(CRM.Query(email: "ada@acme.example", domain: nil, company: nil))
      }
      #expect(error?.retry == .never)
    }
  }
}
