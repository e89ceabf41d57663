import Foundation
import Testing

@testable import RevOps

/// What a lead makes of what people do in the CRM.
@Suite struct CRMNewsTests {
  private let policy = DeskFixture.policy()
  private let now = DeskFixture.now

  /// As the CRM shows it when Baton has written Jo.
  private func written(_ state: LeadState = .delivered, owner: String? = DeskFixture.jo) -> Lead {
    var lead = DeskFixture.lead(state)
    lead.desk.crm.contactID = "101"
    lead.desk.crm.ownerWritten = owner
    if owner != nil { lead.desk.crm.ownerSeen = "7" }
    return lead
  }

  private func owner(_ email: String) -> CRMOwner { .person(id: "7", email: email) }

  private func news(_ owner: CRMOwner, _ engagements: [CRMEngagement] = [], canOwn: Bool = true, on lead: Lead)
    -> CRMNews
  {
    .contact(
      ContactNews(contactID: "101", owner: owner, canOwn: canOwn, engagements: engagements, basis: .init(lead)))
  }

  private func follow(_ news: CRMNews, on lead: Lead, policy: Policy? = nil) -> DeskDecision {
    DeskRules.decide(.follow(news), by: .crm, on: lead, policy: policy ?? self.policy, now: now)
  }

  @Test(arguments: [LeadState.delivered, .claimed, .worked])
  func `an owner changed there is the owner here, with the turn, and once`(state: LeadState) {
    let lead = written(state)
    let decision = follow(news(owner(DeskFixture.an), on: lead), on: lead)
    #expect(decision.lead.desk.owner == DeskFixture.an)
    #expect(decision.lead.state == .delivered)
    #expect(decision.mention == DeskFixture.an)
    #expect(decision.history.map(\.actor) == ["HubSpot"])
    #expect(decision.turns.contains(.credit(DeskFixture.turn)))
    #expect(decision.lead.desk.turn?.member == DeskFixture.an)
    #expect(decision.lead.desk.crm.ownerWritten == DeskFixture.an, "else it would be written back")
    #expect(!DeskRules.canUndo(decision.lead, now: now))
    let again = follow(news(owner(DeskFixture.an), on: decision.lead), on: decision.lead)
    #expect(!again.changed && again.lead == decision.lead)
  }

  @Test func `what Baton wrote is nobody's doing, also when somebody has claimed the lead since`() {
    var lead = written()
    lead.desk.owner = DeskFixture.an
    #expect(!follow(news(owner(DeskFixture.jo), on: lead), on: lead).changed)
  }

  @Test func `an owner who was there before us, and was never replaced, is no change`() {
    var lead = written(owner: nil)
    lead.progress = .captured(
      CapturedLead(
        facts: Normalizer.shared.normalize(
          payload: lead.intake.payload, enrichment: nil, crm: CRMFacts(contactOwner: DeskFixture.an))))
    #expect(!follow(news(owner(DeskFixture.an), on: lead), on: lead).changed)
    lead.desk.crm.ownerWritten = DeskFixture.jo
    #expect(!follow(news(owner(DeskFixture.an), canOwn: false, on: lead), on: lead).changed, "Jo has no seat")
    #expect(follow(news(owner(DeskFixture.an), on: lead), on: lead).changed, "given back by a person")
  }

  @Test func `reps are recognised by the address that they have there, and others are taken as they are`() {
    var policy = policy
    policy.routing.teams[0].members[1].hubspot = "Annie@crm.example"
    let lead = written()
    let known = follow(news(owner("annie@crm.example"), on: lead), on: lead, policy: policy)
    #expect(known.lead.desk.owner == DeskFixture.an)
    let stranger = follow(news(owner("eve@n.example"), on: lead), on: lead)
    #expect(stranger.lead.desk.owner == "eve@n.example")
    #expect(stranger.turns == [.credit(DeskFixture.turn)])
    #expect(stranger.lead.desk.turn == nil)
  }

  @Test(arguments: [CRMOwner.nobody, .unknown])
  func `an owner taken out there keeps the lead here, and the thread is told once`(shown: CRMOwner) {
    let lead = written(.claimed)
    let decision = follow(news(shown, on: lead), on: lead)
    #expect(decision.changed)
    #expect(decision.line?.contains("stays with \(DeskFixture.jo)") == true)
    #expect(decision.lead.desk.owner == DeskFixture.jo && decision.lead.state == .claimed)
    #expect(decision.turns.isEmpty)
    #expect(!follow(news(shown, on: decision.lead), on: decision.lead).changed)
  }

  @Test(arguments: [LeadState.inReview, .nurturing, .closed, .disqualified, .parked, .merged])
  func `a lead that nobody works on follows no owner`(state: LeadState) {
    let lead = written(state)
    #expect(!follow(news(owner(DeskFixture.an), on: lead), on: lead).changed)
  }

  @Test func `the first touch is the owner's first engagement since the lead came`() {
    let lead = written()
    let at = now.addingTimeInterval(60)
    let engagements = [
      CRMEngagement(kind: .call, by: owner(DeskFixture.jo), at: now.addingTimeInterval(-60)),
      CRMEngagement(kind: .call, by: owner(DeskFixture.an), at: now.addingTimeInterval(10)),
      CRMEngagement(kind: .meeting, by: owner(DeskFixture.jo), at: now.addingTimeInterval(90)),
      CRMEngagement(kind: .email, by: owner(DeskFixture.jo), at: at),
    ]
    let decision = follow(news(owner(DeskFixture.jo), engagements, on: lead), on: lead)
    #expect(decision.lead.state == .worked)
    #expect(decision.lead.desk.firstTouchAt == at)
    #expect(decision.lead.desk.claimedAt == at)
    #expect(decision.line == "First touch by \(DeskFixture.jo): e-mail, logged in HubSpot")
    #expect(!follow(news(owner(DeskFixture.jo), engagements, on: decision.lead), on: decision.lead).changed)
    let others = follow(news(owner(DeskFixture.jo), Array(engagements.prefix(2)), on: lead), on: lead)
    #expect(!others.changed && others.lead == lead)
  }

  @Test func `a new owner's engagement counts although both are told at once`() {
    let lead = written()
    let call = CRMEngagement(kind: .call, by: owner(DeskFixture.an), at: now.addingTimeInterval(5))
    let decision = follow(news(owner(DeskFixture.an), [call], on: lead), on: lead)
    #expect(decision.lead.desk.owner == DeskFixture.an)
    #expect(decision.lead.state == .worked)
    #expect(decision.history.map(\.action) == ["reassigned", "first_touch"])
    #expect(decision.turns.contains(.credit(DeskFixture.turn)))
    #expect(decision.mention == DeskFixture.an)
  }

  // MARK: Deals

  private func deal(_ id: String, _ result: Outcome.Result, after seconds: TimeInterval, amount: String? = nil)
    -> ClosedDeal
  {
    ClosedDeal(
      id: id, outcome: Outcome(result: result, reason: nil, amount: amount), at: now.addingTimeInterval(seconds))
  }

  @Test(arguments: [LeadState.delivered, .claimed, .worked, .inReview, .nurturing, .disqualified])
  func `a deal won closes the lead as won, for memory too, and once`(state: LeadState) {
    let lead = written(state)
    let won = deal("1", .won, after: 60, amount: "48000")
    let decision = follow(.deal(won), on: lead)
    #expect(decision.lead.state == .closed)
    #expect(decision.lead.desk.outcome == won.outcome)
    #expect(decision.remember?.outcome == "won")
    #expect(decision.line == "Won, 48000, in HubSpot")
    #expect(!follow(.deal(won), on: decision.lead).changed)
  }

  @Test func `of several deals the one closed last counts, in whatever order they are told`() {
    let deals = [
      deal("1", .won, after: 10, amount: "1"), deal("2", .lost, after: 20), deal("3", .won, after: 30, amount: "3"),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1, 0, 2, 1]] {
      let end = order.reduce(written(.worked)) { lead, index in follow(.deal(deals[index]), on: lead).lead }
      #expect(end.desk.outcome == deals[2].outcome, "\(order)")
    }
  }

  @Test func `what the owner logged themselves stays in their words, and another end replaces it`() {
    var lead = written(.closed)
    lead.desk.outcome = Outcome(result: .won, reason: "A friend of the house")
    let same = follow(.deal(deal("1", .won, after: 60, amount: "5")), on: lead)
    #expect(!same.changed)
    #expect(same.lead.desk.outcome?.reason == "A friend of the house")
    let other = follow(.deal(deal("1", .lost, after: 60)), on: lead)
    #expect(other.lead.desk.outcome?.result == .lost)
  }

  @Test func `a deal that is opened again opens the lead that it ended, and its next end counts`() {
    let won = deal("1", .won, after: 60)
    let closed = follow(.deal(won), on: written(.claimed)).lead
    #expect(!follow(.reopened(deal: "2"), on: closed).changed)
    let open = follow(.reopened(deal: "1"), on: closed)
    #expect(open.changed && open.lead.state == .worked && open.lead.desk.outcome == nil)
    #expect(open.lead.desk.owner == closed.desk.owner && open.lead.desk.firstTouchAt == closed.desk.firstTouchAt)
    #expect(open.line == "The deal is open again in HubSpot: the lead goes on with \(DeskFixture.jo)")
    #expect(!follow(.reopened(deal: "1"), on: open.lead).changed)
    #expect(follow(.deal(won), on: open.lead).lead.desk.outcome == won.outcome)
  }

  @Test func `an end in the owner's own words outlives the deal's, which is news again when it ends again`() {
    var lead = written(.closed)
    lead.desk.outcome = Outcome(result: .won, reason: "A friend of the house")
    lead = follow(.deal(deal("1", .won, after: 60)), on: lead).lead
    let open = follow(.reopened(deal: "1"), on: lead)
    #expect(!open.changed && open.lead.state == .closed && open.lead.desk.outcome == lead.desk.outcome)
    #expect(follow(.deal(deal("1", .lost, after: 60)), on: open.lead).lead.desk.outcome?.result == .lost)
  }

  @Test func `a deal that ended before the person came says nothing about the lead`() {
    let lead = written(.worked)
    #expect(!follow(.deal(deal("1", .lost, after: -2 * 86_400)), on: lead).changed)
  }

  @Test func `all hints on one record wait in one place, and each record has its own`() {
    #expect(CRMEvent(.contact, "101").mailbox == CRMEvent(.contactCreated, "101").mailbox)
    #expect(CRMEvent(.contact, "101").mailbox == CRMEvent(.contact, "101", isImported: true).mailbox)
    #expect(CRMEvent(.contact, "101").mailbox != CRMEvent(.contact, "102").mailbox)
    #expect(CRMEvent(.contact, "101").mailbox != CRMEvent(.deal, "101").mailbox)
    #expect(LeadID(CRMEvent(.deal, "5").mailbox.description) != nil)
  }
}
