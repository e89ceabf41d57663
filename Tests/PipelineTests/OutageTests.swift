import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct OutageTests {
  @Test func `CRM writes are tried until it is back, however long; nothing becomes a dead letter`() async throws {
    let office = try await Office()
    office.crm.faults.set("perform", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      // Ten hours.
      for attempt in 1...10 {
        try await eventually("attempt \(attempt)") { office.crm.faults.count("perform") == attempt }
        try await office.putOff(id, times: attempt)
        office.pass(3_600, waking: pipeline)
      }
      #expect(try await office.deadLetters().isEmpty)
      #expect(office.slack.cards(of: id).count == 1)
      office.crm.faults.set("perform", nil)
      office.pass(3_600, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.crm.contacts == ["ada@acme.example"])
    #expect(office.crm.notes.count == 1)
    #expect(try await office.lead(id).errors.isEmpty)
  }

  @Test func `ten hours without Slack: the card waits, and is there once when it is back`() async throws {
    let office = try await Office()
    office.slack.faults.set("postCard", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      for attempt in 1...10 {
        try await eventually("attempt \(attempt)") { office.slack.faults.count("postCard") == attempt }
        try await office.putOff(id, times: attempt)
        office.pass(3_600, waking: pipeline)
      }
      #expect(try await office.deadLetters().isEmpty)
      office.slack.faults.set("postCard", nil)
      office.pass(3_600, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.cards(of: id).count == 1)
    #expect(office.crm.contacts == ["ada@acme.example"])
  }

  @Test func `the clock alone brings back what was put off, also behind something that hangs`() async throws {
    let office = try await Office()
    let (first, second) = ("ada@acme.example", samePartition(as: "ada@acme.example"))
    for email in [first, second] { office.crm.faults.set("perform:\(email)", .fails(.down)) }
    try await office.open { pipeline in
      let one = try await office.submit(first, waking: pipeline)
      try await office.putOff(one, times: 1)
      office.clock.advance(by: 8)
      let two = try await office.submit(second, waking: pipeline)
      try await office.putOff(two, times: 1)
      office.crm.faults.set("perform:\(first)", .holds)
      office.crm.faults.set("perform:\(second)", nil)
      office.clock.advance(by: 4)
      try await eventually("the first hangs") { office.crm.faults.count("perform") == 3 }
      office.clock.advance(by: 20)
      try await office.settled(two)
      office.crm.faults.set("perform:\(first)", nil)
      try await office.settled(one)
    }
  }

  @Test func `a permanent refusal is a dead letter with its reason, and retry goes on without repeating the rest`()
    async throws
  {
    let office = try await Office()
    office.crm.faults.set("perform", .fails(.refused))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      let letters = try await office.deadLetters()
      #expect(letters.map(\.effectKey).sorted { ($0 ?? "") < ($1 ?? "") } == ["\(id)/crm/0", "\(id)/note/arrival/0"])
      #expect(letters.first { $0.effectKey == "\(id)/crm/0" }?.reason == "test: invalid")
      #expect(try await office.lead(id).errors.contains("crm_record: test: invalid"))
      office.crm.faults.set("perform", nil)
      try await office.command(.retry, by: .admin, on: id, waking: pipeline)
      try await office.settled(id)
    }
    #expect(try await office.deadLetters().isEmpty)
    #expect(try await office.lead(id).errors.isEmpty)
    #expect(office.crm.notes.count == 1)
    #expect(office.slack.cards(of: id).count == 1)
    // Once: the CRM's record can be linked now.
    #expect(office.slack.faults.count("updateCard") == 1)
    #expect(try await office.actions(id).filter { $0 == "retried" }.count == 1)
  }

  @Test func `retry is refused to who may not, with an answer`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.retry, by: .user("jo@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.answers.map(\.text) == ["Only admins, the team's manager (maria@n.example) can do that."])
  }

  @Test func `a CRM that hangs holds up neither card nor claim`() async throws {
    let office = try await Office(everywhere: true)
    office.crm.faults.set("perform", .holds)
    try await office.open { pipeline in
      var ids: [LeadID] = []
      // More than the CRM's crew can work on at once.
      for number in 0..<140 { ids.append(try await office.submit("ada@a\(number).example", waking: pipeline)) }
      try await eventually("all cards") { ids.allSatisfy { office.slack.cards(of: $0).count == 1 } }
      try await office.command(.claim, by: .user("an@n.example"), on: ids[0], waking: pipeline)
      try await office.state(ids[0], is: .claimed)
      office.crm.faults.set("perform", nil)
    }
  }

  @Test func `work on one lead that waits leaves the others alone`() async throws {
    let office = try await Office()
    office.enrichment.set("apollo", .holds)
    try await office.open([.slack, .apollo]) { pipeline in
      let slow = try await office.submit(waking: pipeline)
      try await eventually("the look-up") { office.enrichment.count("apollo") == 1 }
      let quick = try await office.submit("bob@other.example", "rival", waking: pipeline)
      office.enrichment.set("apollo", nil)
      try await office.settled(quick, slow)
    }
  }

  @Test func `while Slack is away commands wait in their order and are carried out when it is back`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      office.slack.faults.set("person:\(FakeSlack.user("an@n.example"))", .fails(.down))
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await eventually("the first look") { office.slack.faults.count("person") == 1 }
      try await office.command(.claim, by: .user("jo@n.example"), on: id, waking: pipeline)
      office.slack.faults.set("person:\(FakeSlack.user("an@n.example"))", nil)
      office.pass(11, waking: pipeline)
      try await office.settled(id)
    }
    #expect(try await office.lead(id).desk.owner == "an@n.example")
    #expect(office.slack.answers.map(\.user) == [FakeSlack.user("jo@n.example")])
  }

  @Test func `who is unknown to Slack is told so, and nothing changes`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    office.slack.faults.set("person", .fails(.refused))
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
    }
    #expect(try await office.lead(id).state == .delivered)
    #expect(office.slack.answers.count == 1)
  }

  private func samePartition(as email: String) -> String {
    for number in 0... where Partition(of: "bob@b\(number).example") == Partition(of: email) {
      return "bob@b\(number).example"
    }
    return email
  }
}

extension Office {
  /// The lead's CRM write has failed so often and waits.
  func putOff(_ id: LeadID, times: Int) async throws {
    try await eventually("\(id) is put off") {
      try await store.pendingEffects(of: id).contains { $0.attempts == times && !$0.wasRunning }
    }
  }
}
