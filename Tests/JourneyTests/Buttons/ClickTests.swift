import Foundation
import Sandbox
import TestSupport
import Testing

/// Clicks that come twice, too late, from the wrong person, or while something is down.
@Suite(.timeLimit(.minutes(10)))
struct ClickTests {
  @Test(arguments: Deed.allCases)
  func `a second click changes nothing and is answered privately`(deed: Deed) async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await deed.prepare(desk)
      let doer = dealt.owner
      desk.freezeCards()
      if deed.opensWindow {
        try await Self.sendTwice(deed, dealt, doer)
      } else {
        for _ in 0..<2 { #expect(try await dealt.card.press(deed.label, as: doer).complaint == nil) }
        _ = try await desk.privateWord(to: doer, containing: " ")
      }
      desk.thawCards()
      try await dealt.card.reply(containing: deed.line)
      try await dealt.state(deed.state)
      #expect(try await dealt.history(deed.action).count == 1)
    }
  }

  /// Two people have the form open at once, and both send it off.
  private static func sendTwice(_ deed: Deed, _ dealt: Dealt, _ doer: String) async throws {
    var windows: [Window] = []
    for who in ["maria", doer] {
      #expect(try await dealt.card.press(deed.label, as: who).complaint == nil)
      let name = deed == .reassign ? dealt.desk.name(dealt.colleague) : nil
      windows.append(try await dealt.desk.window(of: who, saying: name))
    }
    #expect(try await windows[1].submit(try deed.values(windows[1], dealt)).errors.isEmpty)
    try await dealt.state(deed.state)
    try await eventually("\(deed)") { try await dealt.history(deed.action).count == 1 }
    let again = try await windows[0].submit(try deed.values(windows[0], dealt))
    #expect(again.errors.count == 1, "\(deed): \(again.errors)")
    try await windows[0].close()
  }

  /// Somebody else's deed that comes first, and what the one who comes too late is told of it.
  struct Late: Sendable, CustomTestStringConvertible {
    var deed: Deed
    var before: Deed
    var answer: @Sendable (Dealt) -> [String]
    /// Who comes too late; nil: the owner.
    var who: String?

    var testDescription: String { "\(deed.rawValue) after \(before.rawValue)" }

    static let all = [
      Late(deed: .claim, before: .reassign, answer: { _ in ["Maria"] }),
      Late(deed: .reassign, before: .nurture, answer: { _ in ["in nurture", "Maria Brandt"] }),
      Late(deed: .nurture, before: .outcome, answer: { _ in ["closed", "Maria Brandt"] }),
      Late(deed: .outcome, before: .nurture, answer: { _ in ["in nurture", "Maria Brandt"] }),
      Late(deed: .reachedOut, before: .reassign, answer: { [$0.desk.name($0.colleague)] }),
      Late(deed: .release, before: .reassign, answer: { [$0.desk.name($0.colleague)] }),
      Late(deed: .undo, before: .reassign, answer: { _ in ["Maria Brandt", "reassigned"] }),
      Late(deed: .qualify, before: .disqualify, answer: { _ in ["disqualified", "Maria Brandt"] }, who: "wei"),
      Late(deed: .nurtureInReview, before: .disqualify, answer: { _ in ["disqualified", "Maria Brandt"] }, who: "wei"),
      Late(
        deed: .disqualify, before: .qualify, answer: { _ in ["waiting to be claimed", "Maria Brandt"] }, who: "wei"),
    ]
  }

  @Test(arguments: Late.all.dropFirst())
  func `a click on a card that somebody else has changed is told what happened`(late: Late) async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await late.deed.prepare(desk)
      let who = late.who ?? dealt.owner
      desk.freezeCards()
      try await late.before.perform(on: dealt, as: "maria")
      let before = try await dealt.state(late.before.state)
      #expect(try await dealt.card.press(late.deed.label, as: who).complaint == nil)
      let answer = try await desk.privateWord(to: who, containing: " ")
      for word in late.answer(dealt) { #expect(answer.contains(word), "\(word) in: \(answer)") }
      #expect(try desk.windows(of: who).isEmpty)
      desk.thawCards()
      try await dealt.card.reply(containing: late.before.line)
      let after = try await desk.lead(dealt.id)
      #expect(after["owner"] == before["owner"] && after["state"] == before["state"])
    }
  }

  @Test func `a claim after another's claim is told who has the lead`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("tilda")
      desk.freezeCards()
      try await dealt.card.press("Claim", as: "wei")
      try await dealt.state("claimed")
      try await dealt.card.press("Claim", as: dealt.owner)
      #expect(
        try await desk.privateWord(to: dealt.owner, containing: " ").contains("Wei Chen claimed this lead just now"))
      desk.thawCards()
      try await dealt.card.reply(containing: "Claimed by Wei Chen")
    }
  }

  @Test func `a form that was open while somebody else acted says so where it is filled in`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("udo")
      try await dealt.card.press("Reassign", as: dealt.owner)
      let window = try await desk.window(of: dealt.owner, saying: desk.name(dealt.colleague))
      try await Deed.nurture.perform(on: dealt, as: "maria")
      try await dealt.card.reply(containing: "Sent to nurture")
      let sent = try await window.submit(try Deed.reassign.values(window, dealt))
      let error = try #require(sent.errors.values.first)
      #expect(error.contains("in nurture") && error.contains("Maria Brandt"), "\(error)")
      #expect(try await dealt.history("reassigned").isEmpty)
    }
  }

  @Test func `who may not is refused privately, by the names of those who may`() async throws {
    try await Desk.open(.onShift) { desk in
      let new = try await desk.dealt("vera")
      let claimed = try await desk.claimed("willi")
      let doubtful = try await desk.doubtful("xaver")
      let leads = [new, claimed, doubtful]
      let before = try await Self.versions(leads)
      let team = ["emea-dach", "maria@", "Maria Brandt"]
      let refusals: [(Dealt, [String], String, [String])] = [
        (new, ["Claim", "Reassign", "Nurture", "Log outcome", "Why?"], "gerda", ["full members"]),
        (claimed, ["I've reached out", "Release", "Undo"], "gerda", ["full members"]),
        (doubtful, ["Qualify", "Nurture", "Disqualify"], "gerda", ["full members"]),
        (new, ["Reassign", "Nurture"], "wei", team), (new, ["Log outcome"], "wei", [desk.name(new.owner)]),
        (claimed, ["I've reached out", "Release", "Log outcome"], claimed.colleague, [desk.name(claimed.owner)]),
        (claimed, ["Undo"], claimed.colleague, [desk.name(claimed.owner)]),
      ]
      for (dealt, labels, who, words) in refusals {
        for label in labels {
          #expect(try await dealt.card.press(label, as: who).complaint == nil)
          let answer = try await desk.privateWord(to: who, containing: " ")
          #expect(words.contains { answer.contains($0) }, "\(label) by \(who): \(answer)")
          #expect(try desk.windows(of: who).isEmpty, "\(label) by \(who)")
        }
      }
      #expect(try await Self.versions(leads) == before)
    }
  }

  /// What the audit knows of each lead, the CRM's record aside.
  private static func versions(_ leads: [Dealt]) async throws -> [[String]] {
    var all: [[String]] = []
    for dealt in leads {
      all.append(try await dealt.desk.lead(dealt.id)["history"].items.compactMap { $0["action"].text })
    }
    return all
  }

  @Test(arguments: [Fault.serverError(status: 503), .hang])
  func `without HubSpot card and answer come at once, and the CRM follows when it is back`(fault: Fault) async throws {
    try await Desk.open(.onShift) { desk in
      var leads: [(deed: Deed, dealt: Dealt)] = []
      for deed in Deed.allCases { leads.append((deed, try await deed.prepare(desk))) }
      for (_, dealt) in leads { _ = try await desk.documented(dealt.form.email) }
      desk.sandbox.world.setFault(fault, for: .hubspot)
      for (deed, dealt) in leads {
        let started = ContinuousClock.now
        try await deed.perform(on: dealt, as: dealt.owner)
        try await dealt.card.reply(containing: deed.line)
        // The wait for the CRM's owners, where somebody is chosen, and a second for all else.
        #expect(ContinuousClock.now - started < .seconds(4), "\(deed)")
      }
      desk.sandbox.world.clearFaults()
      for (deed, dealt) in leads {
        try await dealt.crm("\(deed): \(deed.leadStatus)") { $0.properties["hs_lead_status"] == deed.leadStatus }
        if deed == .outcome { try await dealt.note(containing: "Won, 12000") }
      }
      for (_, dealt) in leads { #expect(try await desk.lead(dealt.id)["errors"].items.isEmpty) }
    }
  }

  @Test func `a card from before a restart works as before, and so does a form that was open`() async throws {
    try await Desk.open(.onShift) { desk in
      let deeds: [Deed] = [.claim, .nurture, .release, .undo, .qualify, .disqualify]
      var leads: [(deed: Deed, dealt: Dealt)] = []
      for deed in deeds { leads.append((deed, try await deed.prepare(desk))) }
      let open = try await desk.dealt("yara")
      try await open.card.press("Log outcome", as: "maria")
      let window = try await desk.window(of: "maria")
      try await desk.kill()
      try await desk.restart()
      let sent = try await window.submit(try Deed.outcome.values(window, open))
      #expect(sent.errors.isEmpty && sent.outcome.complaint == nil)
      try await open.card.reply(containing: "Won, 12000, logged by Maria Brandt")
      for (deed, dealt) in leads {
        try await deed.perform(on: dealt, as: dealt.owner)
        try await dealt.card.reply(containing: deed.line)
        try await dealt.state(deed.state)
      }
    }
  }
}
