import RevOps
import TestSupport
import Testing

@testable import Pipeline

/// What Slack refuses goes to the next sensible place, and the lead's history says so.
struct UndeliverableTests {
  private func refusal(_ code: String) -> Faults.Fault {
    .fails(ServiceError(service: "slack", code: code, detail: "Slack refused: \(code)", retry: .never))
  }

  private func undeliverable(_ office: Office, _ id: LeadID) async throws -> [String] {
    try await office.store.history(of: id).filter { $0.action == "undeliverable" }
      .map { "\($0.from ?? "-") \($0.reason ?? "-")" }
  }

  @Test(arguments: ["message_not_found", "is_inactive", "channel_not_found", "edit_window_closed"])
  func `a card that can't be edited any more is posted anew, once`(code: String) async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      office.slack.faults.set("updateCard", refusal(code))
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
    }
    let cards = office.slack.cards(of: id)
    #expect(cards.count == 2)
    #expect(try await office.lead(id).desk.card == cards.last?.place)
    #expect(cards.last?.drawn?.state == .claimed)
    #expect(try await undeliverable(office, id) == ["#sales \(code)"])
    #expect(try await office.store.deadLetters(cursor: nil, limit: 10).letters.isEmpty)
  }

  @Test func `a thread that is gone: whom the line mentions is told directly`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      office.slack.faults.set("postLine", refusal("thread_not_found"))
      try await office.settled(try await office.submit(waking: pipeline))
      try await office.settled(id)
    }
    let owner = try #require(try await office.lead(id).desk.owner)
    #expect(office.slack.directs.map(\.place.channel) == ["D-\(owner)"])
    #expect(try await undeliverable(office, id) == ["#sales thread_not_found"])
  }

  @Test func `an owner who left Slack: the manager is told instead`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      let owner = try #require(try await office.lead(id).desk.owner)
      office.slack.faults.set("postLine", refusal("is_archived"))
      office.slack.faults.set("direct:\(owner)", refusal("user_not_found"))
      try await office.settled(try await office.submit(waking: pipeline))
      try await office.settled(id)
      #expect(try await undeliverable(office, id) == ["#sales is_archived", "\(owner) user_not_found"])
    }
    #expect(office.slack.directs.map(\.place.channel) == ["D-maria@n.example"])
  }

  @Test func `an answer that nobody is there to read is no dead letter`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      office.slack.faults.set("answer", refusal("user_not_found"))
      try await office.command(.claim, by: .user("an@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
    }
    #expect(try await office.store.deadLetters(cursor: nil, limit: 10).letters.isEmpty)
  }

  @Test func `a card that Slack takes only without its blocks is there, and the history says why`() async throws {
    let office = try await Office()
    office.slack.reduce("invalid_blocks")
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    #expect(office.slack.cards(of: id).count == 1)
    let entry = try await office.store.history(of: id).first { $0.action == "card_reduced" }
    #expect(entry?.reason == "invalid_blocks" && entry?.to == "#sales")
  }
}
