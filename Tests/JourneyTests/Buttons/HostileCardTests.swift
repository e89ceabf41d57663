import Foundation
import Sandbox
import TestSupport
import Testing

/// Whatever a stranger writes and a colleague types, Slack takes every message and window, and nobody is called.
@Suite(.timeLimit(.minutes(10)))
struct HostileCardTests {
  private static let calls = "<!channel> <!here|x> <@U0LENA> <https://evil.example|Claim> @everyone `x` *b* "

  /// As long and as hostile as a form lets it be.
  private static func lead(_ name: String, doubtful: Bool) -> FormLead {
    var lead = doubtful ? FormLead.doubtful(name) : FormLead.alone(name)
    let long = String(repeating: calls + "\u{202E}👩‍👩‍👧‍👦 ﷽ ", count: 40)
    lead.json["full_name"] = .string(name.capitalized + " Winter " + String(long.prefix(150)))
    lead.json["company"] = .string(name.capitalized + "werk " + String(long.prefix(150)))
    lead.json["message"] = .string(String(long.prefix(4_500)))
    lead.json["product"] = .string(String(long.prefix(400)))
    if !doubtful { lead.json["title"] = .string("Head of Sales " + String(long.prefix(150))) }
    return lead
  }

  @Test func `every message and window of a hostile lead is taken by Slack and calls nobody`() async throws {
    try await Desk.open(.onShift) { desk in
      let form = Self.lead("hasso", doubtful: false)
      let answer = try await desk.submit(form)
      let card = try await desk.card(in: "#leads-dach", about: "Hasso Winter")
      let lead = try await desk.lead(answer.lead, "its card") { !$0["notifications"].items.isEmpty }
      let dealt = Dealt(desk: desk, form: form, id: answer.lead, card: card, owner: Desk.handle(lead["owner"]))
      Self.expectHarmless(dealt)
      try await Self.openAll(dealt)
      for deed in [Deed.claim, .reachedOut, .release] {
        try await eventually("\(deed)") { card.buttons.contains(deed.label) }
        try await deed.perform(on: dealt, as: dealt.owner)
        try await card.reply(containing: deed.line)
        Self.expectHarmless(dealt)
      }
      try await Self.reassign(dealt)
      Self.expectHarmless(dealt)
      _ = try await desk.submit(form)
      try await card.reply(containing: "They wrote again")
      Self.expectHarmless(dealt)
      #expect(desk.refusals.isEmpty, "\(desk.refusals)")
    }
  }

  @Test func `every message and window of a hostile lead in review is taken by Slack`() async throws {
    try await Desk.open(.withTriageChannel) { desk in
      let form = Self.lead("isolde", doubtful: true)
      let answer = try await desk.submit(form)
      let card = try await desk.card(in: "#leads-triage", about: "Isolde Winter")
      let dealt = Dealt(desk: desk, form: form, id: answer.lead, card: card, owner: "lena")
      try await desk.lead(answer.lead, "its card") { !$0["notifications"].items.isEmpty }
      Self.expectHarmless(dealt)
      for label in ["Why?", "Nurture", "Disqualify"] {
        try await card.press(label, as: "maria")
        try await desk.window(of: "maria").close()
      }
      try await card.press("Qualify", as: "maria")
      let moved = try await desk.card(in: "#leads-dach", about: "Isolde Winter")
      try await moved.reply(containing: "Qualified by")
      try await card.expect("moved to")
      try await eventually("undo") { moved.buttons.contains("Nurture") }
      let now = Dealt(desk: desk, form: form, id: answer.lead, card: moved, owner: "lena")
      try await Deed.nurture.perform(on: now, as: "maria")
      try await moved.expect("in nurture")
      try await moved.reply(containing: "Sent to nurture")
      Self.expectHarmless(now)
      #expect(desk.refusals.isEmpty, "\(desk.refusals)")
    }
  }

  private static func openAll(_ dealt: Dealt) async throws {
    for label in ["Reassign", "Nurture", "Log outcome", "Why?"] {
      try await dealt.card.press(label, as: "maria")
      try await dealt.desk.window(of: "maria").close()
    }
  }

  /// With the longest reason that the form takes.
  private static func reassign(_ dealt: Dealt) async throws {
    try await eventually("reassign") { dealt.card.buttons.contains("Reassign") }
    try await dealt.card.press("Reassign", as: "maria")
    let window = try await dealt.desk.window(of: "maria")
    let back = try window.option("to_member", containing: dealt.desk.name(dealt.owner))
    let reason = Entry.reason(String(String(repeating: calls, count: 10).prefix(500)))
    #expect(try await window.submit(Entry.all(Entry.member(back), reason)).errors.isEmpty)
    try await dealt.card.reply(containing: "Reassigned to")
  }

  /// No message mentions anybody but the lead's owners, or links anywhere that the stranger chose.
  private static func expectHarmless(_ dealt: Dealt) {
    for (channel, message) in dealt.desk.allMessages {
      let text = message.encoded
      for call in ["<!channel>", "<!here", "<https://evil"] {
        guard let found = text.range(of: call) else { continue }
        Issue.record("in \(channel): \(text[..<found.lowerBound].suffix(200))\(text[found.lowerBound...].prefix(80))")
      }
    }
  }
}
