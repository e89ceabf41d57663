import Foundation
import RevOps
import Testing
import VendorAPI

@testable import HubSpot

@Suite struct ActivityTests {
  private let at = Date(timeIntervalSince1970: 1_790_000_000)
  private static let made = ScriptedHubSpot.Answer.json(201, #"{"id":"501","properties":{}}"#)

  @Test func `a note is escaped, marked and linked to contact and company`() async throws {
    let wire = ScriptedHubSpot(["notes.create": [Self.made]])
    let id = try await CRM.scripted(wire).addNote(
      "n1", "<img src=x onerror=alert(1)> & more\nsecond line", .known(company: "202"), at, false)
    #expect(id == "501")
    #expect(wire.operations == ["notes.create"])
    let body = try #require(try wire.bodies("notes.create").first)
    #expect(
      body["properties"]?["hs_note_body"]?.string
        == "&lt;img src=x onerror=alert(1)&gt; &amp; more<br>second line<br><br><small>[baton:n1]</small>")
    #expect(body["properties"]?["hs_timestamp"]?.string == "2026-09-21T14:13:20Z")
    let links = body["associations"]?.array ?? []
    #expect(links.map { $0["to"]?["id"]?.string } == ["101", "202"])
    #expect(links.map { $0["types"]?.array?.first?["associationTypeId"]?.int } == [202, 190])
  }

  @Test func `a note that is there already is found by its marker, and no second one is made`() async throws {
    let wire = ScriptedHubSpot([
      "associations.batch_read": [
        .results(#"{"from":{"id":"101"},"to":[{"toObjectId":"500"},{"toObjectId":"501"}]}"#)
      ],
      "notes.read": [
        .ok(#"{"id":"501","properties":{"hs_note_body":"x [baton:n11]"}}"#),
        .ok(#"{"id":"500","properties":{"hs_note_body":"x<br>[baton:n1]"}}"#),
      ],
    ])
    #expect(try await CRM.scripted(wire).addNote("n1", "x", .known(), at, true) == "500")
    #expect(wire.requests.filter { $0.operation == "notes.read" }.map { $0.url.contains("/501?") } == [true, false])
    #expect(wire.count("notes.create") == 0)
  }

  @Test func `a note that is not there after all is made`() async throws {
    let wire = ScriptedHubSpot(["associations.batch_read": [.results()], "notes.create": [Self.made]])
    #expect(try await CRM.scripted(wire).addNote("n1", "x", .known(), at, true) == "501")
  }

  @Test func `a creation without an answer says that it may have happened`() async throws {
    let wire = ScriptedHubSpot(["notes.create": [.lost]])
    let error = await #expect(throws: ServiceError.self) {
      try await CRM.scripted(wire).addNote("n1", "x", .known(), at, false)
    }
    #expect(error?.outcomeUnknown == true)
    #expect(error?.retry == .now)
  }

  @Test func `a task has its due date, subject and owner`() async throws {
    let wire = ScriptedHubSpot(["tasks.create": [Self.made]])
    _ = try await CRM.scripted(wire).addTask("t1", "Call Ada", at, "Anna@northwind.example", .known(), false)
    let body = try #require(try wire.bodies("tasks.create").first)
    #expect(
      body["properties"]?.texts == [
        "hs_task_subject": "Call Ada", "hs_task_body": "<small>[baton:t1]</small>",
        "hs_timestamp": "2026-09-21T14:13:20Z", "hs_task_status": "NOT_STARTED", "hs_task_type": "TODO",
        "hubspot_owner_id": "12",
      ])
    #expect(body["associations"]?.array?.first?["types"]?.array?.first?["associationTypeId"]?.int == 204)
  }

  @Test func `a contact goes on the list, and one that HubSpot does not know is refused`() async throws {
    let wire = ScriptedHubSpot(["lists.add": [.ok(#"{"recordsIdsAdded":["101"],"recordIdsMissing":[]}"#)]])
    try await CRM.scripted(wire).addToList("9", .known())
    #expect(try wire.bodies("lists.add").map { $0.array?.map(\.string) } == [["101"]])
    wire.answer("lists.add", .ok(#"{"recordsIdsAdded":[],"recordIdsMissing":["101"]}"#))
    let error = await #expect(throws: ServiceError.self) { try await CRM.scripted(wire).addToList("9", .known()) }
    #expect(error?.retry == .never)
  }

  @Test func `a record has a page where the account is known`() {
    let crm = CRM.scripted(ScriptedHubSpot([:]))
    #expect(crm.recordURL("101") == "https://app.hubspot.com/contacts/4711/record/0-1/101")
  }
}
