import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct DeliveryTests {
  @Test func `a delivery that comes a hundred times at once is one lead with one card`() async throws {
    try await Desk.open { desk in
      let lead = FormLead.berlin("hanna")
      let answers = try await Self.atOnce(100) { try await desk.submit(lead, id: "delivery-1") }
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
  }

  @Test func `the same id with another body is a duplicate, kept as a conflict and not processed`() async throws {
    try await Desk.open { desk in
      let first = try await desk.submit(.berlin("ida"), id: "delivery-2")
      let card = try await desk.card(in: "#leads-dach", about: "Ida Winter")
      let second = try await desk.submit(.berlin("otto", company: "Havelwerk"), id: "delivery-2")
      #expect(second.http == 200 && second.status == "duplicate" && second.lead == first.lead)
      let lead = try await desk.lead(first.lead, "the conflict in its history") { lead in
        lead["history"].items.contains { $0["action"].text == "conflict" }
      }
      let conflict = lead["history"].items.first { $0["action"].text == "conflict" }
      #expect(conflict?["body"]["full_name"].text == "Otto Winter")
      #expect(lead["raw"]["full_name"].text == "Ida Winter")
      #expect(card.words.contains("Ida Winter"))
      #expect(desk.contacts("otto@havelwerk.example").isEmpty)
    }
  }

  @Test func `fifty people who claim at once: one owner, and forty-nine are told privately who has it`() async throws {
    var setup = Setup()
    let people = (0..<50).map { "rep\($0)" }
    setup.sandbox.workspace.members += people.map {
      Workspace.Member(name: "Rep Number\($0.dropFirst(3))", email: "\($0)@northwind.example")
    }
    try await Desk.open(setup) { desk in
      let answer = try await desk.submit(.berlin("jule"))
      let card = try await desk.card(in: "#leads-dach", about: "Jule Winter")
      _ = try await Self.atOnce(50) { number in
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

  private static func atOnce<Value: Sendable>(
    _ count: Int, _ act: @escaping @Sendable () async throws -> Value
  ) async throws -> [Value] {
    try await atOnce(count) { _ in try await act() }
  }
}
