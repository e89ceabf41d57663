import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct LeadCardTests {
  private func card(_ lead: Lead, mentions: Bool = true) -> Message {
    LeadCard.message(Samples.context(lead), people: Samples.people, mentionsOwner: mentions)
  }

  @Test(
    "a card offers what its state still allows, and says where it stands",
    arguments: [
      (
        LeadState.delivered, "*Owner* <@U1JONAS> · waiting to be claimed",
        ["claim", "reassign", "nurture", "outcome", "why", "open_crm"]
      ),
      (
        .claimed, "*Claimed by* <@U1JONAS>",
        ["reached_out", "outcome", "reassign", "nurture", "release", "why", "open_crm"]
      ),
      (.worked, "*Being worked by* <@U1JONAS>", ["outcome", "reassign", "nurture", "release", "why", "open_crm"]),
      (.inReview, "*Needs a decision*", ["qualify", "nurture", "disqualify", "why", "open_crm"]),
      (.closed, "*Won*, 12000", ["outcome", "why", "open_crm"]),
      (.nurturing, "in nurture", ["why", "open_crm"]),
      (.disqualified, "disqualified", ["why", "open_crm"]),
    ])
  func states(_ state: LeadState, _ words: String, _ buttons: [String]) {
    let message = card(Samples.lead(state))
    #expect(message.texts.all.contains(words))
    #expect(message.buttons == buttons.map { "lead.\($0).v1" })
    #expect(message.violations().isEmpty)
  }

  @Test func `facts come with their sources, and an unknown one is called unknown`() {
    var lead = Samples.lead()
    let texts = card(lead).texts.all
    #expect(texts.contains("*Employees*\n850 · Apollo"))
    #expect(texts.contains("· Clearbit"))
    #expect(texts.contains("Not available: Apollo"))
    #expect(texts.contains("Note: Account not checked"))
    guard case .delivered(var summarized) = lead.progress else { return }
    summarized.routed.scored.enriched.facts.normalized.employees = nil
    lead.progress = .delivered(summarized)
    #expect(card(lead).texts.all.contains("*Employees*\nunknown"))
  }

  @Test func `the score is explained in the words of the configuration that decided, or in none`() {
    var lead = Samples.lead()
    #expect(card(lead).texts.all.contains("qualified, since it is at least 0.7"))
    guard case .delivered(var summarized) = lead.progress else { return }
    summarized.routed.routing?.trace.configVersion = "older"
    lead.progress = .delivered(summarized)
    #expect(!card(lead).texts.all.contains("since it is"))
    #expect(card(lead).texts.all.contains("Score 0.78"))
  }

  @Test func `the owner is mentioned once, where the card is to call them`() {
    let mentions: (Message) -> Int = { $0.texts.tokens.count { if case .user = $0 { true } else { false } } }
    #expect(mentions(card(Samples.lead())) == 1)
    #expect(mentions(card(Samples.lead(), mentions: false)) == 0)
    #expect(card(Samples.lead(), mentions: false).texts.all.contains("Jonas Weber"))
  }

  @Test func `an owner who is no Slack user is named with that remark`() {
    let people = CardPeople(absent: [Samples.jonas])
    let message = LeadCard.message(Samples.context(Samples.lead()), people: people)
    #expect(message.texts.all.contains("`jonas@northwind.example` (not in Slack)"))
  }

  @Test func `the sentence names lead, state and owner`() {
    #expect(
      card(Samples.lead()).text.wire == "Lead Ada Lovelace of Acme Bank: waiting to be claimed, owner Jonas Weber")
    #expect(
      card(Samples.lead(owner: nil)).text.wire == "Lead Ada Lovelace of Acme Bank: waiting to be claimed, no owner yet")
  }

  @Test func `no account like it is said in words`() {
    var lead = Samples.lead()
    guard case .delivered(var summarized) = lead.progress else { return }
    summarized.similar = []
    lead.progress = .delivered(summarized)
    #expect(card(lead).texts.all.contains("No comparable account yet"))
  }

  @Test func `buttons carry the lead's id and nothing else`() {
    for case .actions(let elements, _) in card(Samples.lead(.claimed)).blocks {
      for case .button(let button) in elements { #expect(button.value == Samples.id.description) }
    }
  }

  @Test func `metadata holds ids only`() {
    let payload = card(Samples.lead()).metadata?.payload
    #expect(payload == ["lead_id": Samples.id.description, "version": "3", "kind": "card"])
  }

  @Test func `undo is offered for ten minutes after a change`() {
    var lead = Samples.lead(.claimed)
    lead.desk.undo = Desk.Undo(
      by: Samples.jonas, at: Samples.now, decision: 0, action: "claimed", state: .delivered, owner: nil, team: nil,
      turn: nil, claimedAt: nil, outcome: nil)
    #expect(card(lead).buttons.contains("lead.undo.v1"))
    var context = Samples.context(lead)
    context.now = Samples.now.addingTimeInterval(601)
    #expect(!LeadCard.message(context).buttons.contains("lead.undo.v1"))
  }

  @Test func `a card that is no longer live says where the lead is, without buttons`() {
    let message = LeadCard.retired(Samples.context(Samples.lead()))
    #expect(message.text.wire == "*Acme Bank* moved to <#C2EMEA>")
    #expect(message.buttons.isEmpty)
  }

  @Test func `a web address in the lead's words is in a code span, other words are plain text`() {
    let safe = card(Samples.lead(text: "Please call us\nsoon"))
    #expect(safe.texts.plain.contains("Please call us\nsoon"))
    let linked = card(Samples.lead(text: "See https://evil.example/x now"))
    #expect(!linked.texts.plain.contains { $0.contains("evil.example") })
    #expect(linked.texts.all.contains("&gt; See `https://evil.example/x` now"))
  }

  @Test func `a lead of which only the address is known has a card`() {
    let intake = Intake(
      channel: .form, receivedAt: Samples.now, identity: "x@y.example", payload: LeadPayload(email: "x@y.example"),
      raw: nil)
    let message = LeadCard.message(Samples.context(Lead(id: Samples.id, intake: intake), crmURL: nil))
    #expect(message.violations().isEmpty)
    #expect(message.texts.all.contains("x@y.example"))
  }
}
