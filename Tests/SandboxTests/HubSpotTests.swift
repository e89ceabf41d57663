import Foundation
import Sandbox
import Testing
import VendorAPI

@Suite struct HubSpotTests {
  private let contacts = "/crm/objects/2026-09/contacts"

  @Test func `a contact is read by its address as by its id`() async throws {
    try await withSandbox { desk in
      let id = try await desk.contact("ada@acme.example")
      let found = try await desk.hubSpot(
        .get, contacts + "/ada%40acme.example?idProperty=email&properties=email,phone,no_such")
      #expect(found.json["id"].text == id)
      #expect(found.json["properties"]["email"].text == "ada@acme.example")
      #expect(found.json["properties"].fields["phone"] == .null)
      #expect(found.json["properties"].fields["no_such"] == nil)
      #expect(try await desk.hubSpot(.get, contacts + "/nobody%40acme.example?idProperty=email").status == 404)
    }
  }

  @Test(arguments: [ConflictForm.message, .identityProfile, .bare])
  func `a second contact with the same address is a conflict in each of its bodies`(_ form: ConflictForm) async throws {
    try await withSandbox { desk in
      desk.world.setConflictForm(form)
      let id = try await desk.contact("ada@acme.example")
      let again = try await desk.hubSpot(.post, contacts, ["properties": ["email": "ADA@acme.example"]])
      #expect(again.status == 409)
      let text = again.json["message"].text ?? ""
      #expect(text.hasSuffix("Existing ID: \(id)") == (form != .bare))
      #expect((again.json["identityProfile"]["vid"].whole == Int(id)) == (form == .identityProfile))
      #expect(desk.world.records(.contacts).count == 1)
    }
  }

  @Test func `an unknown property fails the write and is named twice`() async throws {
    try await withSandbox { desk in
      let answer = try await desk.hubSpot(
        .post, contacts, ["properties": ["email": "a@b.example", "baton_score": "1"]])
      #expect(answer.status == 400)
      #expect(answer.json["category"].text == "VALIDATION_ERROR")
      #expect(answer.json["message"].text?.contains("\"error\":\"PROPERTY_DOESNT_EXIST\"") == true)
      #expect(answer.json["errors"][0]["context"]["propertyName"][0].text == "baton_score")
      #expect(desk.world.records(.contacts).isEmpty)
    }
  }

  @Test func `a property that was created can be written`() async throws {
    try await withSandbox { desk in
      let property: JSON = [
        "name": "baton_score", "label": "Score", "type": "number", "fieldType": "number", "groupName": "baton",
      ]
      let path = "/crm/properties/2026-09/contacts"
      #expect(try await desk.hubSpot(.post, path, property).status == 201)
      #expect(try await desk.hubSpot(.post, path, property).status == 409)
      let id = try await desk.contact("a@b.example")
      let written = try await desk.hubSpot(.patch, contacts + "/" + id, ["properties": ["baton_score": 0.7]])
      #expect(written.status == 200)
      #expect(desk.world.record(.contacts, id)?.properties["baton_score"] == "0.7")
    }
  }

  @Test func `the life-cycle stage moves forward only, without a word`() async throws {
    try await withSandbox { desk in
      let id = try await desk.contact("a@b.example")
      for stage in ["salesqualifiedlead", "lead"] {
        let answer = try await desk.hubSpot(
          .patch, contacts + "/" + id, ["properties": ["lifecyclestage": .string(stage)]])
        #expect(answer.status == 200)
      }
      #expect(desk.world.record(.contacts, id)?.properties["lifecyclestage"] == "salesqualifiedlead")
    }
  }

  @Test func `companies are not unique by domain, and are found by it`() async throws {
    try await withSandbox { desk in
      for _ in 0..<2 {
        let made = try await desk.hubSpot(
          .post, "/crm/objects/2026-09/companies", ["properties": ["name": "Acme", "domain": "acme.example"]])
        #expect(made.status == 201)
      }
      let filter: JSON = ["propertyName": "domain", "operator": "EQ", "value": "acme.example"]
      let found = try await desk.hubSpot(
        .post, "/crm/objects/2026-09/companies/search", ["filterGroups": [["filters": [filter]]]])
      #expect(found.json["total"].whole == 2)
    }
  }

  @Test func `a new record stays out of searches until the index has it`() async throws {
    var configuration = Sandbox.Configuration()
    configuration.searchLag = 30
    try await withSandbox(configuration) { desk in
      _ = try await desk.contact("a@b.example")
      let filter: JSON = ["propertyName": "email", "operator": "EQ", "value": "a@b.example"]
      let search: JSON = ["filterGroups": [["filters": [filter]]]]
      #expect(try await desk.hubSpot(.post, contacts + "/search", search).json["total"].whole == 0)
      desk.world.setSearchLag(0)
      #expect(try await desk.hubSpot(.post, contacts + "/search", search).json["total"].whole == 1)
    }
  }

  @Test func `an association made twice is there once, from both sides`() async throws {
    try await withSandbox { desk in
      let contact = try await desk.contact("a@b.example")
      let company = desk.world.addRecord(.companies, ["domain": "b.example"])
      for _ in 0..<2 {
        let put = try await desk.hubSpot(.put, "\(contacts)/\(contact)/associations/default/company/\(company)")
        #expect(put.json["results"].items.count == 1)
      }
      let read = try await desk.hubSpot(
        .post, "/crm/associations/2026-09/companies/contacts/batch/read", ["inputs": [["id": .string(company)]]])
      #expect(read.json["results"][0]["to"].items.map(\.["toObjectId"].text) == [contact])
      let whole = try await desk.hubSpot(.get, "\(contacts)/\(contact)?associations=companies")
      #expect(whole.json["associations"]["companies"]["results"][0]["id"].text == company)
    }
  }

  @Test func `a note needs its time, and is linked as it is created`() async throws {
    try await withSandbox { desk in
      let contact = try await desk.contact("a@b.example")
      let link: JSON = [
        "to": ["id": .string(contact)],
        "types": [["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 202]],
      ]
      var note: JSON = ["properties": ["hs_note_body": "Routed"], "associations": [link]]
      #expect(try await desk.hubSpot(.post, "/crm/objects/2026-09/notes", note).status == 400)
      note["properties"]["hs_timestamp"] = "2026-11-22T09:00:00Z"
      let made = try await desk.hubSpot(.post, "/crm/objects/2026-09/notes", note)
      #expect(made.status == 201)
      #expect(desk.world.linked(.contacts, contact, to: .notes) == [made.json["id"].text])
    }
  }

  @Test func `archived owners are listed only where asked for`() async throws {
    try await withSandbox { desk in
      let jonas = try #require(desk.world.owner("jonas@northwind.example"))
      desk.world.archiveOwner(jonas.id)
      let path = "/crm/owners/2026-09?email=jonas%40northwind.example"
      #expect(try await desk.hubSpot(.get, path).json["results"].items.isEmpty)
      let archived = try await desk.hubSpot(.get, path + "&archived=true").json["results"][0]
      #expect(archived["id"].text == jonas.id)
      #expect(archived["userId"].isNull)
    }
  }

  @Test func `the sample customer is found by domain, with its owner and its contact`() async throws {
    try await withSandbox { desk in
      desk.world.addSampleAccounts()
      let filter: JSON = ["propertyName": "domain", "operator": "EQ", "value": "nordwerk.example"]
      let body: JSON = ["filterGroups": [["filters": [filter]]], "properties": ["hubspot_owner_id", "lifecyclestage"]]
      let company = try await desk.hubSpot(.post, "/crm/objects/2026-09/companies/search", body).json["results"][0]
      #expect(company["properties"]["lifecyclestage"].text == "customer")
      #expect(company["properties"]["hubspot_owner_id"].text == desk.world.owner("lena@northwind.example")?.id)
      #expect(desk.world.linked(.companies, company["id"].text ?? "", to: .contacts).count == 1)
    }
  }
}
