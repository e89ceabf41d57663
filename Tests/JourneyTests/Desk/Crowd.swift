import Foundation
import Sandbox
import TestSupport
import Testing

/// What many do at the same moment.
enum Crowd {
  private static let people = (0..<50).map { "rep\($0)" }

  /// A desk with all of them in its workspace.
  static let setup: Setup = {
    var setup = Setup()
    setup.sandbox.workspace.members += people.map {
      Workspace.Member(name: "Rep Number\($0.dropFirst(3))", email: "\($0)@northwind.example")
    }
    return setup
  }()

  /// One delivery a hundred times: one lead, one card, and ninety-nine are told that it is known.
  static func deliverAHundredTimes(_ desk: Desk) async throws {
    let lead = FormLead.berlin("hanna")
    let answers = try await atOnce(100) { _ in try await desk.submit(lead, id: "delivery-1") }
    #expect(Set(answers.map(\.lead)).count == 1)
    #expect(answers.filter { $0.http == 202 && $0.status == "accepted" }.count == 1)
    #expect(answers.filter { $0.http == 200 && $0.status == "duplicate" }.count == 99)
    _ = try await desk.card(in: "#leads-dach", about: "Hanna Winter")
    let contact = try await desk.documented(lead.email)
    #expect(desk.notes(of: contact).count == 1)
    let stored = try await desk.admin("/admin/leads").json
    #expect(stored["leads"].items.count == 1)
    #expect(desk.cards(of: answers[0].lead).count == 1)
  }

  /// Fifty claims of one lead: one has it, the others are told privately who.
  static func claimAtOnce(_ desk: Desk) async throws {
    let answer = try await desk.submit(.berlin("jule"))
    let card = try await desk.card(in: "#leads-dach", about: "Jule Winter")
    _ = try await atOnce(people.count) { number in
      let outcome = try await card.press("Claim", as: people[number])
      #expect(outcome.complaint == nil, "\(people[number]): \(outcome.answer.milliseconds) ms")
    }
    try await card.expect("Claimed by")
    try await card.reply(containing: "Claimed by Rep Number")
    let lead = try await desk.lead(answer.lead, "claimed") { $0["state"].text == "claimed" }
    let winner = try #require(lead["owner"].text?.prefix { $0 != "@" })
    #expect(people.contains(String(winner)))
    for loser in people where loser != String(winner) {
      _ = try await desk.privateWord(to: loser, containing: desk.name(String(winner)))
    }
    let after = try await desk.lead(answer.lead)
    #expect(after["owner"].text == lead["owner"].text)
    #expect(after["history"].items.filter { $0["action"].text == "claimed" }.count == 1)
    #expect(desk.sandbox.world.ephemerals(try desk.user(String(winner))).isEmpty)
  }

  /// Starts all before any is waited for.
  private static func atOnce<Value: Sendable>(
    _ count: Int, _ act: @escaping @Sendable (Int) async throws -> Value
  ) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
      for number in 0..<count { group.addTask { try await act(number) } }
      var all: [Value] = []
      for try await value in group { all.append(value) }
      return all
    }
  }
}
