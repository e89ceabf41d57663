import RevOps
import Testing
import VendorAPI

@testable import HubSpot

@Suite struct OwnerAndStatusTests {
  private func contact(_ properties: String = "") -> ScriptedHubSpot.Answer {
    .ok(#"{"id":"101","properties":{\#(properties)}}"#)
  }

  private func owner(
    _ wire: ScriptedHubSpot, _ owner: String = "anna@northwind.example", replaces: Bool = false
  ) async throws -> CRMRecord {
    try await CRM.scripted(wire).perform(
      .owner, CRM.Write.lead(owner: owner, replacesOwner: replaces), .known())
  }

  private func status(
    _ wire: ScriptedHubSpot, _ status: String?, _ lifecycle: String? = nil, after: String? = nil
  ) async throws -> CRMRecord {
    var record = CRMRecord.known()
    record.statusWritten = after
    return try await CRM.scripted(wire).perform(
      .status, CRM.Write.lead(leadStatus: status, lifecycle: lifecycle), record)
  }

  @Test func `a contact without owner gets the person, not the queue of the same address`() async throws {
    let wire = ScriptedHubSpot([
      "contacts.read": [contact()], "contacts.update": [contact(#""hubspot_owner_id":"12""#)],
    ])
    #expect(try await owner(wire).ownerWritten == "anna@northwind.example")
    #expect(try wire.written("contacts.update", "hubspot_owner_id") == "12")
  }

  @Test func `another owner stays unless a rule or a click named this one`() async throws {
    let held = contact(#""hubspot_owner_id":"11""#)
    let kept = ScriptedHubSpot(["contacts.read": [held]])
    #expect(try await owner(kept).ownerWritten == nil)
    let replaced = ScriptedHubSpot(["contacts.read": [held], "contacts.update": [contact(#""hubspot_owner_id":"12""#)]])
    #expect(try await owner(replaced, replaces: true).ownerWritten == "anna@northwind.example")
  }

  @Test func `an owner who is set already is not written again`() async throws {
    let wire = ScriptedHubSpot(["contacts.read": [contact(#""hubspot_owner_id":"12""#)]])
    #expect(try await owner(wire, replaces: true).ownerWritten == "anna@northwind.example")
    #expect(wire.operations == ["contacts.read"])
  }

  @Test(arguments: ["gone@northwind.example", "nobody@northwind.example"])
  func `who has no seat is remarked and nothing is written`(email: String) async throws {
    let wire = ScriptedHubSpot([:])
    let record = try await owner(wire, email, replaces: true)
    #expect(record.remarks == ["\(email) has no HubSpot owner"])
    #expect(record.ownerWritten == nil)
    #expect(wire.operations.isEmpty)
  }

  @Test func `an owner may be named by id where the addresses differ`() async throws {
    let wire = ScriptedHubSpot(["contacts.read": [contact()], "contacts.update": [contact()]])
    _ = try await owner(wire, "11")
    #expect(try wire.written("contacts.update", "hubspot_owner_id") == "11")
  }

  @Test func `an owner whom HubSpot refuses is remarked`() async throws {
    let refusal = #"{"category":"VALIDATION_ERROR","errors":[{"context":{"propertyName":["hubspot_owner_id"]}}]}"#
    let wire = ScriptedHubSpot(["contacts.read": [contact()], "contacts.update": [.json(400, refusal)]])
    let record = try await owner(wire)
    #expect(record.ownerWritten == nil)
    #expect(record.remarks.contains("HubSpot did not take anna@northwind.example as owner"))
  }

  @Test func `active owners are those on the list, and unknown when it cannot be read`() async {
    let wire = ScriptedHubSpot([:])
    #expect(await CRM.scripted(wire).activeOwners() == ["jonas@northwind.example", "anna@northwind.example"])
    let silent = ScriptedHubSpot(["owners.list": [.json(500, "")]])
    #expect(await CRM.scripted(silent).activeOwners() == nil)
  }

  @Test func `a page of owners leads to the next`() async {
    let first = #"{"results":[{"id":"1","email":"a@n.example"}],"paging":{"next":{"after":"7"}}}"#
    let wire = ScriptedHubSpot(["owners.list": [.ok(first), .results(#"{"id":"2","email":"b@n.example"}"#)]])
    #expect(await CRM.scripted(wire).activeOwners() == ["a@n.example", "b@n.example"])
    #expect(wire.requests.last?.url.contains("after=7") == true)
  }

  @Test func `the owners are read once for all and again when they have grown old`() async throws {
    let now = ManualNow()
    let wire = ScriptedHubSpot([:])
    let crm = CRM.scripted(wire, now: now)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = await crm.activeOwners() } }
    }
    #expect(wire.count("owners.list") == 1)
    wire.answer("owners.list", .results(#"{"id":"12","email":"anna@northwind.example"}"#))
    now.advance(1_300)
    #expect(await crm.activeOwners() == ["anna@northwind.example"])
    now.advance(1_300)
    wire.answer("owners.list", .json(500, ""))
    // The old list is better than none.
    #expect(await crm.activeOwners() == ["anna@northwind.example"])
  }

  @Test(arguments: [
    ("subscriber", "marketingqualifiedlead", true), ("customer", "marketingqualifiedlead", false),
    ("salesqualifiedlead", "salesqualifiedlead", false), ("other", "salesqualifiedlead", false),
  ])
  func `the lifecycle stage only moves forward`(from: String, to: String, isWritten: Bool) async throws {
    let wire = ScriptedHubSpot([
      "contacts.read": [contact(#""lifecyclestage":"\#(from)""#)],
      "contacts.update": [contact(#""lifecyclestage":"\#(to)""#)],
    ])
    let record = try await status(wire, nil, to)
    #expect(wire.count("contacts.update") == (isWritten ? 1 : 0))
    #expect(record.remarks.isEmpty)
  }

  @Test func `a change that HubSpot accepts and does not make is remarked`() async throws {
    let held = contact(#""lifecyclestage":"subscriber""#)
    let wire = ScriptedHubSpot(["contacts.read": [held], "contacts.update": [held]])
    let record = try await status(wire, nil, "salesqualifiedlead")
    #expect(record.remarks == ["HubSpot kept lifecyclestage at subscriber"])
  }

  @Test(arguments: [
    (nil, "NEW", nil, true), ("CONNECTED", "NEW", nil, false), ("CONNECTED", "IN_PROGRESS", nil, true),
    ("CONNECTED", "IN_PROGRESS", "IN_PROGRESS", false), ("NEW", "IN_PROGRESS", "NEW", true),
  ])
  func `each status is written once, and "new" only where there is none`(
    current: String?, status: String, before: String?, isWritten: Bool
  ) async throws {
    let held = contact(current.map { #""hs_lead_status":"\#($0)""# } ?? "")
    let wire = ScriptedHubSpot([
      "contacts.read": [held], "contacts.update": [contact(#""hs_lead_status":"\#(status)""#)],
    ])
    let record = try await self.status(wire, status, after: before)
    #expect(wire.count("contacts.update") == (isWritten ? 1 : 0))
    #expect(record.statusWritten == status + "/")
  }

  @Test func `a status that the account does not have is remarked and left`() async throws {
    let wire = ScriptedHubSpot(["contacts.read": [contact()]])
    let record = try await status(wire, "BAD_TIMING")
    #expect(record.remarks == ["HubSpot has no value BAD_TIMING for hs_lead_status"])
  }
}
