import Foundation
import Sandbox
import TestSupport
import Testing

/// Three instances on one Redis: whichever is asked, the desk is one.
@Suite(.timeLimit(.minutes(10)))
struct SharedDeskTests {
  @Test func `a delivery that comes a hundred times at once to three instances is one lead with one card`() async throws
  {
    try await Desk.open(Setup().onRedis) { desk in try await Crowd.deliverAHundredTimes(desk) }
  }

  @Test func `fifty people who claim at once through three instances: one owner, and the others are told privately`()
    async throws
  {
    try await Desk.open(Crowd.setup.onRedis) { desk in try await Crowd.claimAtOnce(desk) }
  }

  @Test func `what one instance was told the next one knows: claim, undo, reassign, outcome, each by another`()
    async throws
  {
    try await Desk.open(.onShift.onRedis) { desk in
      let dealt = try await desk.dealt("paula")
      try await Self.perform(.claim, on: dealt, as: dealt.owner)
      try await Self.perform(.undo, on: dealt, as: dealt.owner)
      try await Self.perform(.reassign, on: dealt, as: dealt.owner)
      try await Self.perform(.outcome, on: dealt, as: dealt.colleague)
      try await dealt.note(containing: "Won")
      let contact = try await dealt.crm(owner: dealt.colleague, status: Deed.outcome.leadStatus)
      #expect(desk.contacts(dealt.form.email).map(\.id) == [contact.id])
      #expect(desk.cards(of: dealt.id).count == 1)
      #expect(desk.refusals.isEmpty)
      try Self.expectAllAsked(desk)
    }
  }

  @Test func `a lead sent to nurture through one instance is in nurture for all`() async throws {
    try await Desk.open(.onShift.onRedis) { desk in
      let dealt = try await desk.dealt("rosa")
      try await Self.perform(.nurture, on: dealt, as: dealt.owner)
      let contact = try await dealt.crm("the end in the CRM") { $0.properties["hs_lead_status"] == "BAD_TIMING" }
      try await eventually("the list") { desk.sandbox.world.listMembers(Setup.nurtureList).contains(contact.id) }
      for _ in desk.instances { #expect(try await desk.lead(dealt.id)["state"].text == "nurturing") }
      #expect(desk.cards(of: dealt.id).count == 1)
    }
  }

  /// Does it and waits until everybody sees it.
  private static func perform(_ deed: Deed, on dealt: Dealt, as handle: String) async throws {
    try await deed.perform(on: dealt, as: handle)
    try await dealt.state(deed.state)
    try await dealt.card.reply(containing: deed.line)
    #expect(try await dealt.history(deed.action).count == 1, "\(deed)")
  }

  /// Each instance has answered some of what people did in Slack.
  private static func expectAllAsked(_ desk: Desk) throws {
    for instance in desk.instances {
      let isAsked = instance.log.contains { $0.contains("Request answered") && $0.contains("/slack/interactions") }
      #expect(isAsked, "nothing came to instance \(instance.name ?? "")")
    }
  }
}
