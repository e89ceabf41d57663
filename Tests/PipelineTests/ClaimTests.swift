import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ClaimTests {
  @Test func `of fifty who claim at once one gets it, and each of the others is told who`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<50 {
          group.addTask {
            try await office.command(.claim, by: .user("rep\(number)@n.example"), on: id, waking: pipeline)
          }
        }
        try await group.waitForAll()
      }
      try await office.settled(id)
    }
    let lead = try await office.lead(id)
    let winner = try #require(lead.desk.owner)
    #expect(lead.state == .claimed)
    #expect(winner.hasPrefix("rep"))
    #expect(office.slack.answers.count == 49)
    #expect(Set(office.slack.answers.map(\.user)).count == 49)
    #expect(office.slack.answers.allSatisfy { $0.text.hasPrefix("\(winner) claimed this lead") })
    #expect(try await office.actions(id).filter { $0 == "claimed" }.count == 1)
    #expect(office.slack.cards(of: id).count == 1)
    #expect(office.slack.cards(of: id).first?.drawn?.desk.owner == winner)
  }

  @Test func `a colleague's claim credits the assignee's turn, charges the claimer's and writes the owner once`()
    async throws
  {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      #expect(try await office.rotation().turns(of: "jo@n.example") == 1)
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
    }
    let rotation = try await office.rotation()
    #expect(rotation.turns(of: "jo@n.example") == 0)
    #expect(rotation.turns(of: "an@n.example") == 1)
    #expect(office.crm.owners == ["jo@n.example", "an@n.example"])
  }

  @Test func `the assignee's claim accepts: no turn moves and no owner is written again`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      let before = try await office.rotation()
      try await office.command(.claim, by: .user("jo@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
      #expect(try await office.rotation() == before)
    }
    #expect(try await office.lead(id).state == .claimed)
    #expect(office.crm.owners == ["jo@n.example"])
    #expect(office.slack.answers.isEmpty)
  }

  @Test func `guests are refused with an answer`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      let guest = Actor.chatUser(id: FakeSlack.guest("eve@other.example"))
      try await office.command(.claim, by: guest, on: id, waking: pipeline)
      try await office.settled(id)
    }
    #expect(try await office.lead(id).state == .delivered)
    #expect(office.slack.answers.map(\.text) == ["Only full members of this workspace can do that."])
  }

  @Test func `a released lead goes to the next, who is mentioned, and not back to who released it`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.release(reason: "full"), by: .user("jo@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
      #expect(try await office.lead(id).desk.owner == "an@n.example")
      #expect(office.slack.lines.map(\.mention) == ["an@n.example"])
      #expect(try await office.rotation().turns(of: "jo@n.example") == 0)
      try await office.command(.release(reason: nil), by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
    }
    #expect(try await office.lead(id).desk.owner == nil)
    #expect(try await office.rotation().turns(of: "an@n.example") == 0)
  }

  @Test func `a lead qualified by hand is assigned, its triage card retired, and its owner mentioned once`()
    async throws
  {
    let office = try await Office(.office { $0.notify.triageChannel = "#triage" })
    let id = try await office.submit("ada@acme.example", "unclear")
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.qualify, by: .user("sdr@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
    }
    let cards = office.slack.cards(of: id)
    #expect(cards.map(\.place.channel) == ["#triage", "#sales"])
    #expect(cards.map(\.isRetired) == [true, false])
    #expect(try await office.lead(id).desk.card == cards.last?.place)
    #expect((cards.map(\.mention) + office.slack.lines.map(\.mention)).compactMap { $0 } == ["jo@n.example"])
    #expect(try await office.rotation().turns(of: "jo@n.example") == 1)
  }

  @Test func `undo gives the lead and the turns back`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      let before = try await office.rotation()
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
      try await office.command(.undo, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
      #expect(try await office.rotation() == before)
    }
    let lead = try await office.lead(id)
    #expect(lead.state == .delivered)
    #expect(lead.desk.owner == "jo@n.example")
    #expect(office.crm.owners == ["jo@n.example", "an@n.example", "jo@n.example"])
  }

  @Test func `capacity holds when leads come all at once`() async throws {
    let office = try await Office(.office(weights: [("jo@n.example", 1)], capacity: 2), everywhere: true)
    var ids: [LeadID] = []
    for number in 0..<12 { ids.append(try await office.submit("ada@a\(number).example")) }
    try await office.open([]) { _ in
      try await eventually("all are through") { try await office.store.counts()[.delivered] == 12 }
    }
    var owned = 0
    for id in ids where try await office.lead(id).desk.owner != nil { owned += 1 }
    #expect(owned == 2)
  }
}
