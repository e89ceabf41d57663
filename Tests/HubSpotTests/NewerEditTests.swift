import Foundation
import RevOps
import Sandbox
import Testing

@testable import HubSpot

/// What people did in HubSpot after Baton decided stays; what they did before gives way to the decision.
@Suite(.timeLimit(.minutes(1))) struct NewerEditTests {
  private static let ours = CRMOwner(id: "9", email: "o@n.example", name: "O")
  private static let theirs = CRMOwner(id: "10", email: "p@n.example", name: "P")

  private func write(decided: Date, status: String? = nil) throws -> CRM.Write {
    var write = try CRM.Write.lead(owner: Self.ours.email, replacesOwner: true, leadStatus: status)
    write.decidedAt = decided
    return write
  }

  private func withContact(
    _ properties: [String: String], _ body: @Sendable (CRM, World, String) async throws -> Void
  ) async throws {
    try await LoopbackHubSpot.open { crm, world in
      world.addOwner(Self.ours)
      world.addOwner(Self.theirs)
      let id = world.addRecord(.contacts, properties.merging(["email": "ada@acme.example"]) { $1 })
      try await body(crm, world, id)
    }
  }

  @Test(arguments: [CRMStep.contact, .owner])
  func `an owner whom somebody set since the decision stays, and it is said`(step: CRMStep) async throws {
    try await withContact(["hubspot_owner_id": "10"]) { crm, world, id in
      let record = try await crm.perform(step, try write(decided: Date(timeIntervalSinceNow: -60)), .known(contact: id))
      #expect(world.record(.contacts, id)?.properties["hubspot_owner_id"] == "10")
      #expect(record.ownerWritten == nil)
      #expect(record.remarks == ["p@n.example was made owner in HubSpot since: left so"])
      // A click that comes after that is newer.
      let later = try await crm.perform(.owner, try write(decided: Date(timeIntervalSinceNow: 1)), record)
      #expect(world.record(.contacts, id)?.properties["hubspot_owner_id"] == "9")
      #expect(later.ownerWritten == Self.ours.email)
    }
  }

  @Test func `an owner of before the decision gives way to it`() async throws {
    try await withContact(["hubspot_owner_id": "10"]) { crm, world, id in
      let write = try write(decided: Date(timeIntervalSinceNow: 1))
      _ = try await crm.perform(.contact, write, .known(contact: id))
      #expect(world.record(.contacts, id)?.properties["hubspot_owner_id"] == "9")
    }
  }

  @Test func `a status that somebody set since the decision stays, and it is said`() async throws {
    try await withContact(["hs_lead_status": "CONNECTED", "hubspot_owner_id": "9"]) { crm, world, id in
      let write = try write(decided: Date(timeIntervalSinceNow: -60), status: "IN_PROGRESS")
      let record = try await crm.perform(.status, write, .known(contact: id))
      #expect(world.record(.contacts, id)?.properties["hs_lead_status"] == "CONNECTED")
      #expect(record.remarks == ["hs_lead_status was set to CONNECTED in HubSpot since: left so"])
      let later = try self.write(decided: Date(timeIntervalSinceNow: 1), status: "BAD_TIMING")
      _ = try await crm.perform(.status, later, record)
      #expect(world.record(.contacts, id)?.properties["hs_lead_status"] == "BAD_TIMING")
    }
  }

  @Test func `where HubSpot tells no times, what is no longer as Baton last saw it stays`() async throws {
    for (seen, expected) in [("12", "written"), ("19", "left")] {
      let wire = ScriptedHubSpot([
        "contacts.read": [.ok(#"{"id":"101","properties":{"hubspot_owner_id":"12"}}"#)],
        "contacts.update": [.ok(#"{"id":"101","properties":{"hubspot_owner_id":"11"}}"#)],
      ])
      var record = CRMRecord.known()
      record.ownerSeen = seen
      var write = try CRM.Write.lead(owner: "jonas@northwind.example", replacesOwner: true)
      write.decidedAt = Date()
      record = try await CRM.scripted(wire).perform(.owner, write, record)
      #expect(wire.count("contacts.update") == (expected == "written" ? 1 : 0))
      #expect(record.remarks.isEmpty == (expected == "written"))
    }
  }

  @Test func `a contact that was merged away is found by its address, filled and noted`() async throws {
    try await withContact(["firstname": "A."]) { crm, world, id in
      let record = try await crm.perform(.contact, CRM.Write.lead(), .known(contact: "999"))
      #expect(record.contactID == id)
      #expect(world.record(.contacts, id)?.properties["jobtitle"] == "CTO")
      let gone = await #expect(throws: ServiceError.self) {
        try await crm.addNote("m", "text", .known(contact: "999"), Date(), false)
      }
      #expect(gone?.code == "OBJECT_NOT_FOUND")
    }
  }

  @Test func `a link that HubSpot answered well and did not make is said`() async throws {
    try await withContact([:]) { crm, world, id in
      world.setLinksNothing(true)
      let company = world.addRecord(.companies, ["name": "Acme", "domain": "acme.example"])
      let record = try await crm.perform(.association, CRM.Write.lead(), .known(contact: id, company: company))
      #expect(!record.associated)
      #expect(record.remarks == ["HubSpot did not link the contact to the company"])
    }
  }
}
