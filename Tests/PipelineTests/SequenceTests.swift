import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct SequenceTests {
  private static let jo = "jo@n.example"

  /// A lead that Jo has sent to nurture, where the playbook names a sequence.
  private func nurtured(
    _ facts: CRMFacts = CRMFacts(), refusing: ServiceError? = nil, task: Bool = true,
    _ story: (Office, LeadID) async throws -> Void
  ) async throws {
    let office = try await Office(
      .office {
        $0.nurture.sequence = "77"
        $0.nurture.task = task
      })
    office.crm.knows(facts)
    if let refusing { office.crm.faults.set("enroll", .fails(refusing)) }
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.nurture(reason: nil, revisitAt: nil), by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
      try await story(office, id)
    }
  }

  @Test func `who is sent to nurture by hand enters the sequence in their owner's name`() async throws {
    try await nurtured { office, id async throws in
      #expect(office.crm.enrolled == ["77 from \(Self.jo)"])
      #expect(office.crm.tasks.count == 1)
      #expect(try await office.lead(id).errors.isEmpty)
    }
  }

  @Test(arguments: [true, false])
  func `a refused enrolment becomes a task, is not tried again, and is no dead letter`(task: Bool) async throws {
    try await nurtured(refusing: .refused, task: task) { office, id async throws in
      #expect(office.crm.faults.count("enroll") == 1)
      #expect(office.crm.tasks.count == 1)
      #expect(try await office.actions(id).contains("sequence_refused"))
      #expect(try await office.deadLetters().isEmpty)
    }
  }

  @Test func `who has opted out gets a task and no mail`() async throws {
    try await nurtured(CRMFacts(optedOut: true)) { office, _ in
      #expect(office.crm.faults.count("enroll") == 0)
      #expect(office.crm.tasks.count == 1)
    }
  }

  @Test func `what the score alone sends to nurture enters no sequence: nobody has agreed to mail in their name`()
    async throws
  {
    let office = try await Office(.office { $0.nurture.sequence = "77" })
    let id = try await office.submit("ada@acme.example", "cold")
    try await office.open { _ in try await office.settled(id) }
    #expect(office.crm.faults.count("enroll") == 0)
    #expect(office.crm.tasks.count == 1)
  }
}
