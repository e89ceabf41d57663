import Foundation
import RevOps
import Testing
import VendorAPI

@testable import HubSpot

@Suite struct SequenceCallTests {
  private static let owners = ScriptedHubSpot.Answer.results(
    #"{"id":"11","userId":5,"email":"Jonas@northwind.example","type":"PERSON","archived":false}"#,
    #"{"id":"12","userId":null,"email":"anna@northwind.example","type":"PERSON","archived":false}"#)
  private static let made = ScriptedHubSpot.Answer.ok(#"{"id":"900","toEmail":"ada@acme.example"}"#)

  private func wire(_ enrollment: ScriptedHubSpot.Answer, _ enroll: ScriptedHubSpot.Answer...) -> ScriptedHubSpot {
    ScriptedHubSpot(["owners.list": [Self.owners], "sequences.enrollment": [enrollment], "sequences.enroll": enroll])
  }

  @Test func `who is in no sequence enters it, with mail from the lead's owner`() async throws {
    let wire = wire(.missing, Self.made)
    try await CRM.scripted(wire).enroll("77", "jonas@northwind.example", .known())
    #expect(wire.operations == ["sequences.enrollment", "sequences.enroll"])
    #expect(wire.requests.last?.url.hasSuffix("/automation/sequences/2026-09/enrollments?userId=5") == true)
    let body = try #require(try wire.bodies("sequences.enroll").first)
    #expect(
      body
        == .object([
          "sequenceId": .string("77"), "contactId": .string("101"), "senderEmail": .string("jonas@northwind.example"),
        ]))
  }

  @Test func `who is in one already is not put into another`() async throws {
    let wire = wire(Self.made)
    try await CRM.scripted(wire).enroll("77", "jonas@northwind.example", .known())
    #expect(wire.count("sequences.enroll") == 0)
  }

  @Test(arguments: [nil, "anna@northwind.example", "stranger@northwind.example"])
  func `without a user whose inbox could send it there is no enrolment`(owner: String?) async throws {
    let wire = wire(.missing)
    let error = await #expect(throws: ServiceError.self) {
      try await CRM.scripted(wire).enroll("77", owner, .known())
    }
    #expect(error?.code == "no_sender" && error?.retry == .never)
    #expect(wire.count("sequences.enroll") == 0)
  }

  @Test func `a refusal is final, and an answer that was lost may have happened`() async throws {
    let refused = wire(.missing, .json(400, #"{"status":"error","category":"VALIDATION_ERROR","message":"x"}"#))
    let refusal = await #expect(throws: ServiceError.self) {
      try await CRM.scripted(refused).enroll("77", "jonas@northwind.example", .known())
    }
    #expect(refusal?.retry == .never)
    let lost = wire(.missing, .lost)
    let loss = await #expect(throws: ServiceError.self) {
      try await CRM.scripted(lost).enroll("77", "jonas@northwind.example", .known())
    }
    #expect(loss?.outcomeUnknown == true && loss?.retry != .never)
  }
}
