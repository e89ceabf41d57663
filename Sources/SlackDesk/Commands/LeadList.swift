import Foundation
import RevOps
import SlackAPI

/// Leads below each other, each with who has it, where it stands, and what can be done.
struct LeadList {
  static let shown = 10

  var title: Mrkdwn
  var leads: [Lead]
  var people: CardPeople
  /// The workspace's address, for links to cards.
  var workspace: String?
  var policy: Policy
  var now: Date

  var message: Message {
    let rows = leads.prefix(Self.shown).map(row)
    let more = leads.count - rows.count
    let rest: [Block] = more > 0 ? [.context([.mrkdwn("\(more) more: narrow the search")])] : []
    return Message(text: title, blocks: [.text(title)] + rows + rest).fitted()
  }

  private func row(_ lead: Lead) -> Block {
    let title = LeadTitle(lead)
    let status = CardStatus(lead: lead, people: people, mentionsOwner: false)
    var facts: [Mrkdwn] = [status.sentence]
    if let score = lead.scored?.score.score { facts.append("score \(score.description)") }
    if let link = link(to: lead) { facts.append(link) }
    let lines = Mrkdwn.lines(["*\(title.both, max: 200)*", Mrkdwn.joined(facts, separator: " · ")])
    return .text(lines, accessory: button(lead, title), id: BlockID("found.\(lead.id)"))
  }

  private func button(_ lead: Lead, _ title: LeadTitle) -> Element? {
    let offered = DeskRules.offered(on: lead, now: now)
    guard let kind = [DeskButton.claim, .qualify, .why].first(where: offered.contains) else { return nil }
    let context = CardContext(lead: lead, policy: policy, now: now, crmURL: nil)
    return .button(CardButtons.button(kind, on: context.lead, title))
  }

  private func link(to lead: Lead) -> Mrkdwn? {
    guard let workspace, let card = lead.desk.card else { return nil }
    let base = workspace.hasSuffix("/") ? workspace : workspace + "/"
    let message = "p" + card.timestamp.filter { $0 != "." }
    return Mrkdwn.link("\(base)archives/\(card.channel)/\(message)", "card")
  }
}
