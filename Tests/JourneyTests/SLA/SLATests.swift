import Foundation
import Sandbox
import TestSupport
import Testing

extension Setup {
  /// Everybody is on shift, and promises are kept within seconds.
  static func hurried(accept: String = "8s", remind: String = "4s", firstTouch: String = "4s") -> Setup {
    var setup = onShift
    setup.edits += [
      ("playbook.yaml", "accept: 15m", "accept: \(accept)"), ("playbook.yaml", "remind: 10m", "remind: \(remind)"),
      ("playbook.yaml", "first_touch: 4h", "first_touch: \(firstTouch)"),
    ]
    return setup
  }
}

/// Promises of the desk, as its people see them.
@Suite(.timeLimit(.minutes(10)))
struct SLATests {
  @Test func `who does not claim is reminded, then a colleague has the lead, then their manager is told`() async throws
  {
    try await Desk.open(.hurried()) { desk in
      let dealt = try await desk.dealt("hugo")
      try await dealt.card.expect("Claim by")
      let reminder = try await dealt.card.reply(containing: "still waits for you")
      #expect(desk.words(reminder).contains("@" + dealt.owner))
      let passed = try await dealt.card.reply(containing: "Not claimed in time by")
      #expect(desk.words(passed).hasPrefix("@" + dealt.colleague))
      try await desk.lead(dealt.id, "the colleague's") { Desk.handle($0["owner"]) == dealt.colleague }
      let second = try await dealt.card.reply(containing: "still waits for you")
      #expect(desk.words(second).contains("@" + dealt.colleague))
      try await dealt.card.reply(containing: "has been told")
      let told = try await desk.direct(to: "maria", containing: "has not claimed this lead")
      #expect(told.contains("Hugo Winter") && told.contains("Open the card"))
      try await dealt.card.expect("Overdue")
      try await dealt.crm(owner: dealt.colleague, status: "NEW")
      #expect(desk.cards(of: dealt.id).filter { !$0["blocks"].items.isEmpty }.count == 1)
      #expect(desk.refusals.isEmpty)
    }
  }

  @Test func `the reminder's button gives its owner more time, and nobody else`() async throws {
    try await Desk.open(.hurried(accept: "20s", remind: "2s")) { desk in
      let dealt = try await desk.dealt("ines")
      let reminder = try await dealt.card.reply(containing: "still waits for you")
      let line = Desk.Card(desk: desk, channel: dealt.card.channel, ts: reminder["ts"].text ?? "")
      #expect(line.buttons == ["Claim", "Give me 30 min"])
      try await line.press("Give me 30 min", as: dealt.colleague)
      _ = try await desk.privateWord(to: dealt.colleague, containing: "can ask for more time")
      try await line.press("Give me 30 min", as: dealt.owner)
      _ = try await desk.privateWord(to: dealt.owner, containing: "thirty minutes more")
      try await line.press("Give me 30 min", as: dealt.owner)
      _ = try await desk.privateWord(to: dealt.owner, containing: "once is all there is")
      #expect(try await dealt.history("snoozed").count == 1)
      try await line.press("Claim", as: dealt.owner)
      try await dealt.card.expect("Claimed by")
      try await dealt.card.reply(containing: "Claimed by")
    }
  }

  @Test func `whoever claimed is asked for the first touch, and then their manager is told`() async throws {
    try await Desk.open(.hurried(accept: "20s", remind: "19s", firstTouch: "3s")) { desk in
      let dealt = try await desk.claimed("jule")
      try await dealt.card.expect("Reach out by")
      let reminder = try await dealt.card.reply(containing: "time for the first word")
      let line = Desk.Card(desk: desk, channel: dealt.card.channel, ts: reminder["ts"].text ?? "")
      #expect(line.buttons == ["I've reached out", "Give me 30 min"])
      try await dealt.card.reply(containing: "No first touch in time")
      _ = try await desk.direct(to: "maria", containing: "has not reached out yet")
      try await line.press("I've reached out", as: dealt.owner)
      try await dealt.card.expect("Being worked by")
      try await dealt.card.reply(containing: "has reached out")
    }
  }

  @Test func `what fell due while nothing ran happens once after the restart`() async throws {
    try await Desk.open(.hurried(accept: "14s", remind: "13s")) { desk in
      let dealt = try await desk.dealt("karl")
      try await desk.kill()
      let due = ContinuousClock.now + .seconds(15)
      try await eventually("the claim is overdue") { ContinuousClock.now >= due }
      try await desk.restart()
      let passed = try await dealt.card.reply(containing: "Not claimed in time by")
      #expect(desk.words(passed).hasPrefix("@" + dealt.colleague))
      try await dealt.card.press("Claim", as: dealt.colleague)
      try await dealt.card.reply(containing: "Claimed by")
      #expect(dealt.card.replies.filter { desk.words($0).contains("Not claimed in time") }.count == 1)
    }
  }

  @Test func `a note to the owner and a line in the channel for what matters most both link to the one card`()
    async throws
  {
    var setup = Setup.onShift
    setup.edits += [
      ("playbook.yaml", "owner_dm: false", "owner_dm: true"),
      ("playbook.yaml", "{ min_score: 0.85, channel: null }", "{ min_score: 0.1, channel: \"#leads\" }"),
    ]
    try await Desk.open(setup) { desk in
      let dealt = try await desk.dealt("lola")
      let note = try await desk.direct(to: dealt.owner, containing: "this lead is yours")
      #expect(note.contains("Lola Winter") && note.contains("Open the card"))
      let line = try await desk.message(in: try desk.channel("#leads"), "a line in #leads") {
        desk.words($0).contains("high priority")
      }
      #expect(desk.words(line).contains("Open the card"))
      #expect(desk.cards(of: dealt.id).filter { !$0["blocks"].items.isEmpty }.count == 1)
    }
  }
}

/// Leads that are not ready yet.
@Suite(.timeLimit(.minutes(10)))
struct NurtureTests {
  private static var setup: Setup {
    var setup = Setup.onShift
    setup.edits += [
      ("playbook.yaml", "sequence: null", "sequence: \"77\""),
      ("playbook.yaml", "revisit_after: 30d", "revisit_after: 5s"),
    ]
    return setup
  }

  @Test func `what a rep sends to nurture enters the sequence in their name, once, with a task beside it`() async throws
  {
    try await Desk.open(Self.setup) { desk in
      let dealt = try await desk.claimed("moritz")
      try await Deed.nurture.perform(on: dealt, as: dealt.owner)
      try await dealt.card.reply(containing: "Sent to nurture")
      try await eventually("the enrolment", within: .seconds(30)) {
        desk.sandbox.world.calls(.hubspot).contains { $0.operation == "sequences.enroll" && $0.refusal == nil }
      }
      try await eventually("the task", within: .seconds(30)) { dealt.tasks().count == 1 }
      #expect(desk.sandbox.world.calls(.hubspot).count { $0.operation == "sequences.enroll" } == 1)
    }
  }

  @Test func `a lead that has warmed up comes back with a card that says why`() async throws {
    try await Desk.open(Self.setup) { desk in
      var form = FormLead.alone("nora")
      form.json["title"] = "Intern"
      let answer = try await desk.submit(form)
      try await desk.lead(answer.lead, "in nurture") { $0["state"].text == "nurturing" }
      // Known customers always qualify.
      let world = desk.sandbox.world
      let company = try await eventually("the company", within: .seconds(30)) {
        desk.contacts(form.email).first.flatMap { world.linked(.contacts, $0.id, to: .companies).first }
      }
      world.setRecord(.companies, company, ["lifecyclestage": "customer"])
      let card = try await desk.card(in: "#leads-dach", about: "Nora Winter", within: .seconds(60))
      try await card.expect("Back from nurture")
      let lead = try await desk.lead(answer.lead, "an owner") { $0["owner"].text != nil }
      #expect(lead["state"].text == "delivered")
    }
  }
}
