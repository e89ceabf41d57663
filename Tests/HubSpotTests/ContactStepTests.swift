import RevOps
import Testing
import VendorAPI

@testable import HubSpot

@Suite struct ContactStepTests {
  private static let byID = ScriptedHubSpot.Answer.ok(#"{"id":"101","properties":{"email":"ada@acme.example"}}"#)
  private static let conflicts: [String] = [
    #"{"status":"error","message":"Contact already exists. Existing ID: 101","category":"CONFLICT"}"#,
    #"{"category":"OBJECT_ALREADY_EXISTS","message":"Contact already exists","identityProfile":{"vid":101}}"#,
    #"{"status":"error","message":"Contact already exists"}"#,
  ]

  private func perform(
    _ wire: ScriptedHubSpot, _ record: CRMRecord = CRMRecord(), crm: CRMFacts = CRMFacts()
  ) async throws -> CRMRecord {
    try await CRM.scripted(wire).perform(.contact, CRM.Write.lead(crm: crm), record)
  }

  @Test func `a new contact holds what is known, in properties that exist and can be written`() async throws {
    let wire = ScriptedHubSpot(["contacts.read": [.missing], "contacts.create": [Self.byID]])
    #expect(try await perform(wire).contactID == "101")
    // Reading by the key decides; a search, whose index lags, is not asked.
    #expect(wire.operations == ["contacts.read", "contacts.create"])
    let sent = try #require(try wire.bodies("contacts.create")[0]["properties"]?.texts)
    #expect(
      sent == [
        "email": "Ada@acme.example", "firstname": "Ada", "lastname": "King Lovelace", "jobtitle": "CTO",
        "company": "Acme Bank", "country": "Germany", "city": "Berlin", "industry": "BANKING", "message": "Hello",
        "baton_score": "0.78", "baton_route_reason": "DACH", "baton_lead_id": "p07-01ARZ3NDEKTSV4RRFFQ69G5FAV",
      ])
  }

  @Test(arguments: conflicts)
  func `a contact that is there after all is filled under its own id`(conflict: String) async throws {
    let wire = ScriptedHubSpot([
      "contacts.read": [.missing, Self.byID], "contacts.create": [.json(409, conflict)],
      "contacts.update": [Self.byID],
    ])
    #expect(try await perform(wire).contactID == "101")
    // The refusal's id is read; only where it names none, the address once more.
    let isNamed = conflict != Self.conflicts.last
    let second = try #require(wire.requests.filter { $0.operation == "contacts.read" }.last)
    #expect(second.url.contains(isNamed ? "/contacts/101?" : "idProperty=email"))
    let update = try #require(wire.requests.last)
    #expect(update.method == .patch && update.url.hasSuffix("/contacts/101"))
  }

  @Test func `what HubSpot holds stays, what it lacks is filled, and our own properties follow the lead`() async throws
  {
    let held =
      #"{"id":"101","properties":{"firstname":"Augusta","jobtitle":"Countess","city":null,"lastname":"","#
      + #""baton_score":"0.10","baton_route_reason":"DACH"}}"#
    let wire = ScriptedHubSpot(["contacts.read": [.ok(held)], "contacts.update": [Self.byID]])
    _ = try await perform(wire)
    let sent = try #require(try wire.bodies("contacts.update")[0]["properties"]?.texts)
    #expect(sent["firstname"] == nil && sent["jobtitle"] == nil && sent["baton_route_reason"] == nil)
    #expect(sent["city"] == "Berlin" && sent["lastname"] == "King Lovelace" && sent["baton_score"] == "0.78")
    #expect(sent["email"] == nil)
  }

  @Test func `a stored id that is gone is resolved anew by the address, once`() async throws {
    let wire = ScriptedHubSpot(["contacts.read": [.missing, Self.byID], "contacts.update": [Self.byID]])
    #expect(try await perform(wire, .known(contact: "99")).contactID == "101")
    #expect(wire.requests[1].url.contains("/contacts/99?") || wire.requests[0].url.contains("/contacts/99?"))
    #expect(wire.count("contacts.read") == 2)
  }

  @Test func `without a look-up, the owner of a further address is found before anybody is made`() async throws {
    let found = #"{"id":"101","properties":{"email":"x@y.test","hs_additional_emails":"ada@acme.example"}}"#
    let wire = ScriptedHubSpot([
      "contacts.read": [.missing, .ok(found)], "contacts.search": [.results(found)], "contacts.update": [Self.byID],
    ])
    #expect(try await perform(wire, crm: .notChecked).contactID == "101")
    #expect(wire.count("contacts.create") == 0)
  }

  @Test func `a property that HubSpot names is left out once and remarked`() async throws {
    let refusal =
      #"{"status":"error","category":"VALIDATION_ERROR","message":"Property values were not valid: "#
      + #"[{\"isValid\":false,\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"baton_score\"}]"}"#
    let wire = ScriptedHubSpot([
      "contacts.read": [.missing], "contacts.create": [.json(400, refusal), Self.byID],
    ])
    let record = try await perform(wire)
    #expect(record.contactID == "101")
    #expect(record.remarks == ["HubSpot does not take baton_score"])
    #expect(try wire.written("contacts.create", "baton_score") == nil)
    #expect(try wire.written("contacts.create", "firstname") == "Ada")
  }

  @Test(arguments: [
    #"{"category":"VALIDATION_ERROR","errors":[{"context":{"propertyName":["required_by_admin"]}}]}"#,
    #"{"category":"VALIDATION_ERROR","errors":[{"context":{"propertyName":["email"]}}]}"#,
    #"{"category":"VALIDATION_ERROR","message":"no"}"#,
  ])
  func `a refusal that leaving out cannot mend is final after one call`(refusal: String) async throws {
    let wire = ScriptedHubSpot(["contacts.read": [.missing], "contacts.create": [.json(400, refusal)]])
    let error = await #expect(throws: ServiceError.self) { try await perform(wire) }
    #expect(error?.retry == .never)
    #expect(error?.code == "VALIDATION_ERROR")
    #expect(wire.count("contacts.create") == 1)
  }

  @Test func `a token that may not read properties still writes contacts`() async throws {
    let wire = ScriptedHubSpot([
      "properties.list": [.json(403, #"{"category":"MISSING_SCOPES"}"#)], "contacts.read": [.missing],
      "contacts.create": [Self.byID],
    ])
    _ = try await perform(wire)
    #expect(try wire.written("contacts.create", "phone") == "+49 30 1")
  }
}
