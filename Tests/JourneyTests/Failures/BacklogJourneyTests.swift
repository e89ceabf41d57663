import Foundation
import Sandbox
import TestSupport
import Testing

/// Slack is back, and much has come meanwhile.
@Suite(.timeLimit(.minutes(10)))
struct BacklogJourneyTests {
  private static let names = ["Amrum", "Borkum", "Fehmarn", "Juist", "Sylt"]

  @Test func `the newest lead's card comes first`() async throws {
    try await Desk.open { desk in
      desk.sandbox.world.setFault(.serverError(status: 503), for: .slack)
      let began = ContinuousClock.now
      for (number, name) in Self.names.enumerated() {
        try await desk.submit(.berlin("kai\(number)", company: name))
      }
      // Younger ones go out as they come.
      try await eventually("they were kept up", every: .seconds(1)) { began.duration(to: .now) > .seconds(60) }
      desk.sandbox.world.clearFaults()
      var cards: [Desk.Card] = []
      for name in Self.names { cards.append(try await desk.card(in: "#leads-dach", about: name)) }
      #expect(cards.map(\.ts) == cards.map(\.ts).sorted(by: >))
    }
  }

  @Test func `leads that became too old come as one list, from which they can be claimed`() async throws {
    try await Desk.open(.editing("playbook.yaml", "stale_after: 7d", "stale_after: 5s")) { desk in
      desk.sandbox.world.setFault(.serverError(status: 503), for: .slack)
      let began = ContinuousClock.now
      var ids: [String] = []
      for (number, name) in Self.names.enumerated() {
        ids.append(try await desk.submit(.berlin("kai\(number)", company: name)).lead)
      }
      try await eventually("they are old", every: .seconds(1)) { began.duration(to: .now) > .seconds(6) }
      desk.sandbox.world.clearFaults()
      let channel = try desk.channel("#leads-dach")
      let list = try await desk.message(in: channel, "a list", within: .seconds(60)) {
        desk.words($0).contains("5 leads")
      }
      for name in Self.names { #expect(desk.words(list).contains(name)) }
      for id in ids {
        #expect(try await desk.lead(id)["history"].items.contains { $0["action"].text == "listed" })
        #expect(try await desk.lead(id)["notifications"].items.isEmpty)
      }
      let row = try #require(list["blocks"].items.first { $0["accessory"]["action_id"].text != nil })
      let outcome = try await desk.sandbox.people.press(
        row["accessory"]["action_id"].text ?? "", block: row["block_id"].text,
        in: .message(channel: channel, ts: list["ts"].text ?? ""), user: try desk.user("jonas"))
      #expect(outcome.complaint == nil)
      try await eventually("one is claimed") {
        for id in ids where try await desk.lead(id)["claimed_at"].text != nil { return true }
        return false
      }
    }
  }
}
