import RevOps
import Testing
import VendorAPI

@testable import HubSpot

@Suite struct CompanyStepTests {
  private static let made = ScriptedHubSpot.Answer.json(201, #"{"id":"202","properties":{"domain":"acme.example"}}"#)

  @Test func `many leads of one domain make one company, though the search finds none`() async throws {
    let full = #"{"id":"202","properties":{"name":"A","domain":"acme.example","industry":"BANKING"}}"#
    let wire = ScriptedHubSpot([
      "companies.search": [.results()], "companies.create": [Self.made], "companies.read": [.ok(full)],
    ])
    let crm = CRM.scripted(wire)
    try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<20 {
        group.addTask { try await crm.perform(.company, CRM.Write.lead(), .known()).companyID }
      }
      for try await id in group { #expect(id == "202") }
    }
    #expect(wire.count("companies.create") == 1)
  }

  @Test func `a company found by its domain is filled, not made`() async throws {
    let found = #"{"id":"205","properties":{"domain":"ACME.example","name":"Acme AG"}}"#
    let wire = ScriptedHubSpot(["companies.search": [.results(found)], "companies.update": [Self.made]])
    let record = try await CRM.scripted(wire).perform(.company, CRM.Write.lead(), .known())
    #expect(record.companyID == "205")
    #expect(try wire.written("companies.update", "name") == nil)
    #expect(try wire.written("companies.update", "industry") == "BANKING")
  }

  @Test func `an unanswered creation is not repeated before the search can tell`() async throws {
    let now = ManualNow()
    let wire = ScriptedHubSpot(["companies.search": [.results()], "companies.create": [.lost]])
    let crm = CRM.scripted(wire, now: now)
    let first = await #expect(throws: ServiceError.self) {
      try await crm.perform(.company, CRM.Write.lead(), .known())
    }
    #expect(first?.outcomeUnknown == true)
    now.advance(10)
    let second = await #expect(throws: ServiceError.self) {
      try await crm.perform(.company, CRM.Write.lead(), .known())
    }
    #expect(second?.retry == .later(.seconds(25)))
    now.advance(26)
    wire.answer(
      "companies.search",
      .results(#"{"id":"202","properties":{"domain":"acme.example","name":"A","industry":"BANKING"}}"#))
    #expect(try await crm.perform(.company, CRM.Write.lead(), .known()).companyID == "202")
    #expect(wire.count("companies.create") == 1)
  }

  @Test func `a mail provider's lead gets no company`() async throws {
    let wire = ScriptedHubSpot([:])
    let facts = CRMFacts(companyID: "77", matchedBy: "name")
    let record = try await CRM.scripted(wire).perform(.company, CRM.Write.lead(domain: nil, crm: facts), .known())
    #expect(record.companyID == nil)
    #expect(wire.operations.isEmpty)
  }

  @Test func `a stored company that is gone is found anew`() async throws {
    let found = #"{"id":"205","properties":{"domain":"acme.example","name":"A","industry":"BANKING"}}"#
    let wire = ScriptedHubSpot(["companies.batch_read": [.results()], "companies.search": [.results(found)]])
    var record = CRMRecord.known(company: "99")
    record.associated = true
    record = try await CRM.scripted(wire).perform(.company, CRM.Write.lead(), record)
    #expect(record.companyID == "205")
    #expect(!record.associated)
  }

  @Test(arguments: [
    (#"{"results":[{"from":{"id":"101"}}]}"#, true), (#"{"results":[]}"#, false),
    (#"{"results":[{}],"numErrors":1,"errors":[{"status":"error"}]}"#, false),
  ])
  func `a link counts only if HubSpot says that it made one`(body: String, isMade: Bool) async throws {
    let wire = ScriptedHubSpot(["associations.create": [.ok(body)]])
    let record = try await CRM.scripted(wire).perform(
      .association, CRM.Write.lead(), .known(company: "202"))
    #expect(record.associated == isMade)
    #expect(record.remarks.isEmpty == isMade)
    let request = try #require(wire.requests.last)
    #expect(request.method == .put && request.body == nil)
    #expect(request.url.hasSuffix("/contact/101/associations/default/company/202"))
  }
}
