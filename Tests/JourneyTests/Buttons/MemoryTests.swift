import Foundation
import Sandbox
import TestSupport
import Testing

/// What became of one account helps with the next like it.
@Suite(.timeLimit(.minutes(10)))
struct MemoryTests {
  @Test func `the card tells what became of similar accounts and why they are similar, losses included`() async throws {
    try await Desk.open(.onShift) { desk in
      let lost = try await desk.dealt("lore")
      #expect(lost.card.words.contains("No comparable account yet"))
      try await lost.log("Lost", "Too expensive")
      let won = try await desk.dealt("wanda")
      try await won.log("Won", nil)
      let next = try await desk.dealt("nils")
      #expect(next.card.words.contains("Like `lorewerk.example`: lost (Too expensive), "), "\(next.card.words)")
      #expect(next.card.words.contains("Like `wandawerk.example`: won, "))
      #expect(!next.card.words.contains("No comparable account yet"))
      let shown = try await desk.lead(next.id)["similar_accounts"].items
      #expect(Set(shown.compactMap { $0["account"].text }) == ["lorewerk.example", "wandawerk.example"])
      #expect(shown.allSatisfy { ($0["why"].text ?? "").isEmpty == false })
    }
  }

  @Test func `a correction takes the place of what was said, and an undone outcome is forgotten`() async throws {
    try await Desk.open(.onShift) { desk in
      let first = try await desk.dealt("paula")
      try await first.log("Lost", "No budget")
      try await first.log("Won", nil)
      let second = try await desk.dealt("rolf")
      #expect(second.card.words.contains("Like `paulawerk.example`: won, "), "\(second.card.words)")
      #expect(!second.card.words.contains("No budget"))
      try await Deed.nurture.perform(on: second, as: second.owner)
      try await second.card.reply(containing: "Sent to nurture")
      try await eventually("undo") { second.card.buttons.contains("Undo") }
      try await second.card.press("Undo", as: second.owner)
      try await second.card.reply(containing: "took back")
      let third = try await desk.dealt("silke")
      #expect(third.card.words.contains("Like `paulawerk.example`: won, "))
      #expect(!third.card.words.contains("rolfwerk"), "\(third.card.words)")
    }
  }

  @Test func `with similar accounts switched off the card says nothing of them`() async throws {
    var setup = Setup.onShift
    setup.edits.append(("playbook.yaml", "memory: { similar: 3 }", "memory: { similar: 0 }"))
    try await Desk.open(setup) { desk in
      let dealt = try await desk.dealt("tom")
      #expect(!dealt.card.words.contains("comparable"))
    }
  }
}
