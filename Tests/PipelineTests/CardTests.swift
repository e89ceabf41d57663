import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct CardTests {
  @Test func `a card whose posting ended unknown is looked for, not posted again`() async throws {
    let office = try await Office()
    office.slack.faults.set("postCard", .losesAnswer)
    let id = try await office.submit()
    try await office.open { pipeline in
      try await eventually("a first try") { office.slack.faults.count("postCard") == 1 }
      try await office.putOff(id, times: 1)
      office.pass(60, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.cards(of: id).count == 1)
    #expect(office.slack.faults.count("findCard") >= 1)
    #expect(try await office.lead(id).desk.card == office.slack.cards(of: id).first?.place)
  }

  @Test func `a card that was found is brought up to date with what happened meanwhile`() async throws {
    let office = try await Office()
    office.slack.faults.set("postCard", .losesAnswer)
    let id = try await office.submit()
    try await office.open { pipeline in
      try await eventually("a first try") { office.slack.faults.count("postCard") == 1 }
      try await office.putOff(id, times: 1)
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.state(id, is: .claimed)
      office.pass(60, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.cards(of: id).map(\.drawn?.desk.owner) == ["an@n.example"])
  }

  @Test func `a card that was never posted is posted after the search`() async throws {
    let office = try await Office()
    office.slack.faults.set("postCard", .fails(.unknownOutcome))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.putOff(id, times: 1)
      office.slack.faults.set("postCard", nil)
      office.pass(60, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.faults.count("findCard") >= 1)
    #expect(office.slack.cards(of: id).count == 1)
  }

  @Test func `a note whose writing ended unknown is looked for, not added again`() async throws {
    let office = try await Office()
    office.crm.faults.set("addNote", .losesAnswer)
    let id = try await office.submit()
    try await office.open { pipeline in
      try await eventually("a first try") { office.crm.faults.count("addNote") == 1 }
      try await office.putOff(id, times: 1)
      office.pass(60, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.crm.faults.count("addNote") == 2)
    #expect(office.crm.notes.count == 1)
  }

  @Test func `a note whose contact is gone is tried once more, on the contact found anew`() async throws {
    let office = try await Office()
    let gone = ServiceError(service: "test", code: "OBJECT_NOT_FOUND", detail: "no such contact", retry: .never)
    office.crm.faults.set("addNote", .fails(gone))
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    #expect(office.crm.faults.count("addNote") == 2)
    #expect(try await office.lead(id).errors.contains { $0.contains("OBJECT_NOT_FOUND") })
  }

  @Test func `a thread line whose posting ended unknown is looked for, not posted again`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      office.slack.faults.set("postLine", .losesAnswer)
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.putOff(id, times: 1)
      office.pass(60, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.lines.count == 1)
  }

  @Test func `what changes while Slack is slow is drawn once, as it is last`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      let before = office.slack.faults.count("updateCard")
      office.slack.faults.set("updateCard", .holds)
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await eventually("an edit that hangs") { office.slack.faults.count("updateCard") == before + 1 }
      for owner in ["jo", "an", "jo", "an"] {
        try await office.command(
          .reassign(to: "\(owner)@n.example", reason: nil), by: .admin, on: id, waking: pipeline)
      }
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await eventually("all are decided") { try await office.messages(of: id).isEmpty }
      office.slack.faults.set("updateCard", nil)
      try await office.settled(id)
      #expect(office.slack.faults.count("updateCard") == before + 2)
    }
    let cards = office.slack.cards(of: id)
    #expect(cards.count == 1)
    #expect(cards.first?.drawn?.state == .claimed)
    #expect(cards.first?.drawn?.desk.owner == "an@n.example")
    #expect(cards.first?.drawn?.desk.decision == (try await office.lead(id).desk.decision))
  }

  @Test func `decisions made before the first card is posted give one card, drawn as the lead is then`() async throws {
    let office = try await Office()
    office.slack.faults.set("postCard", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.putOff(id, times: 1)
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.state(id, is: .claimed)
      office.slack.faults.set("postCard", nil)
      office.pass(60, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.cards(of: id).map(\.drawn?.state) == [.claimed])
    #expect(office.slack.faults.count("updateCard") == 0)
  }
}
