import Foundation
import Sandbox
import TestSupport
import Testing

/// Each button of a lead that a person has to look at first.
@Suite(.timeLimit(.minutes(10)))
struct ReviewTests {
  @Test func `qualifying takes the turn and makes the card the team's`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.doubtful("moritz")
      #expect(try await desk.lead(dealt.id)["owner"].isNull)
      try await dealt.card.expectButtons("Qualify", "Nurture", "Disqualify", "Why?")
      try await dealt.card.expect("Review: ")
      try await dealt.card.press("Qualify", as: "wei")
      let lead = try await desk.lead(dealt.id, "an owner") { $0["owner"].text != nil }
      let owner = Desk.handle(lead["owner"])
      try await dealt.card.expect("Owner \(dealt.card.mention(owner))")
      try await dealt.card.expectButtons("Claim", "Reassign", "Nurture", "Log outcome", "Why?", "Undo")
      let line = try await dealt.card.reply(containing: "Qualified by Wei Chen")
      #expect(desk.words(line).contains(dealt.card.mention(owner)))
      try await dealt.crm(owner: owner, status: "NEW")
      // The turn was taken: the next lead is the other's.
      #expect(try await desk.dealt("nora").owner == Dealt.colleague(of: owner))
    }
  }

  @Test func `a lead qualified in the triage channel has one live card, in the team's channel`() async throws {
    try await Desk.open(.withTriageChannel) { desk in
      let dealt = try await desk.doubtful("oskar", in: "#leads-triage")
      try await dealt.card.press("Qualify", as: "wei")
      let card = try await desk.card(in: "#leads-dach", about: "Oskar Winter")
      let owner = Desk.handle(try await desk.lead(dealt.id)["owner"])
      #expect(card.words.contains(card.mention(owner)))
      try await card.expectButtons("Claim", "Reassign", "Nurture", "Log outcome", "Why?", "Undo")
      try await dealt.card.expect("moved to <#\(try desk.channel("#leads-dach"))>")
      #expect(dealt.card.buttons.isEmpty)
      try await card.reply(containing: "Qualified by Wei Chen")
      #expect(dealt.card.replies.isEmpty)
    }
  }

  @Test func `anybody who may triage may send a lead in review to nurture`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.doubtful("paul")
      try await Deed.nurtureInReview.perform(on: dealt, as: "wei")
      try await dealt.card.expect("in nurture")
      try await dealt.card.expectButtons("Why?", "Undo")
      try await dealt.card.reply(containing: "Sent to nurture by Wei Chen")
      try await dealt.crm("BAD_TIMING") { $0.properties["hs_lead_status"] == "BAD_TIMING" }
      try await eventually("a task") { !dealt.tasks().isEmpty }
    }
  }

  @Test func `disqualifying keeps the reason`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.doubtful("quirin")
      try await dealt.crm("NEW") { $0.properties["hs_lead_status"] == "NEW" }
      try await dealt.card.press("Disqualify", as: "wei")
      let window = try await desk.window(of: "wei")
      #expect(try await window.submit(Entry.all(Entry.reason("A student project"))).errors.isEmpty)
      try await dealt.card.expect("disqualified")
      try await dealt.card.expectButtons("Why?", "Undo")
      try await dealt.card.reply(containing: "Disqualified by Wei Chen: A student project")
      try await dealt.crm("UNQUALIFIED") { $0.properties["hs_lead_status"] == "UNQUALIFIED" }
      try await dealt.note(containing: "A student project")
    }
  }

  @Test func `undoing a qualification returns lead and turn`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.doubtful("rita")
      try await dealt.card.press("Qualify", as: "wei")
      try await dealt.card.reply(containing: "Qualified by")
      let owner = Desk.handle(try await desk.lead(dealt.id)["owner"])
      try await eventually("undo") { dealt.card.buttons.contains("Undo") }
      try await dealt.card.press("Undo", as: "wei")
      try await dealt.card.expectButtons("Qualify", "Nurture", "Disqualify", "Why?")
      try await dealt.card.reply(containing: "took back")
      #expect(try await dealt.state("in_review")["owner"].isNull)
      #expect(try await desk.dealt("sven").owner == owner)
    }
  }
}
