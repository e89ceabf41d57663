import Foundation
import RevOps
import SlackAPI

/// Leads below each other, each with who has it, where it stands, and what can be done.
struct LeadList {
  static let shown = 10

  var title: Mrkdwn
  var leads: [Lead]
  var listing: LeadListing
  var look: LeadLook

  var message: Message {
    let rest = pageCount > 1 ? [turning] : []
    return Message(text: title, blocks: [.text(title)] + shown.map { look.row($0) } + rest).fitted()
  }

  private var pageCount: Int { (leads.count + Self.shown - 1) / Self.shown }
  private var page: Int { max(0, min(listing.page, pageCount - 1)) }
  private var shown: ArraySlice<Lead> { leads.dropFirst(page * Self.shown).prefix(Self.shown) }

  private var turning: Block {
    var buttons: [Element] = []
    if page > 0 {
      buttons.append(
        .button(Button(LeadListing.turnBack, "Previous", value: listing.value(page: page - 1))))
    }
    if page < pageCount - 1 {
      let left = leads.count - (page + 1) * Self.shown
      buttons.append(
        .button(Button(LeadListing.turn, PlainText("Next (\(left) more)"), value: listing.value(page: page + 1))))
    }
    return .actions(buttons, id: "leads.pages")
  }
}

/// How leads are shown in lists, on Home and in digests.
struct LeadLook {
  var people: CardPeople
  /// The workspace's address, for links to cards.
  var workspace: String?
  var policy: Policy
  var now: Date

  init(people: CardPeople, workspace: String?, policy: Policy, now: Date) {
    self.people = people
    self.workspace = workspace
    self.policy = policy
    self.now = now
  }

  /// Names from memory: a list is not worth a call for each owner.
  init(at leads: [Lead], directory: SlackDirectory, policy: Policy, now: Date) async {
    self.init(
      people: CardPeople(), workspace: await directory.knownIdentity()?.url, policy: policy, now: now)
    await name(leads.prefix(100).flatMap(CardPeople.named), by: directory)
  }

  mutating func name(_ emails: [String], by directory: SlackDirectory) async {
    for email in Set(emails) where email.contains("@") && people.known[email] == nil {
      guard let name = await directory.knownName(email: email) else { continue }
      people.known[email] = ChatPerson(
        id: "", email: email, name: name, isFullMember: true, isDeactivated: false, timezone: nil)
    }
  }

  /// A line or two with the one button that is most likely wanted.
  func row(_ lead: Lead, prefix: String = "found") -> Block {
    .text(text(lead), accessory: button(lead), id: BlockID("\(prefix).\(lead.id)"))
  }

  func text(_ lead: Lead) -> Mrkdwn {
    let status = CardStatus(lead: lead, people: people, mentionsOwner: false)
    var facts: [Mrkdwn] = [status.sentence]
    if let clock = clock(lead) { facts.append(clock) }
    if let score = lead.scored?.score.score { facts.append("score \(score.description)") }
    if let link = link(to: lead) { facts.append(link) }
    return Mrkdwn.lines(["*\(LeadTitle(lead).both, max: 200)*", Mrkdwn.joined(facts, separator: " · ")])
  }

  /// What the lead's promise says now; nil where none runs.
  func clock(_ lead: Lead) -> Mrkdwn? {
    guard let sla = SLAState(of: lead, policy: policy, now: now), let due = sla.due else { return nil }
    let deed: Mrkdwn = sla.kind == .accept ? "to be claimed" : "first touch due"
    if sla.isOverdue(at: now) { return "*overdue*: \(deed) \(CardWords.date(due))" }
    return "\(deed) by \(CardWords.date(due))"
  }

  func link(to lead: Lead, _ label: String = "card") -> Mrkdwn? {
    guard let workspace, let card = lead.desk.card else { return nil }
    let base = workspace.hasSuffix("/") ? workspace : workspace + "/"
    let message = "p" + card.timestamp.filter { $0 != "." }
    return Mrkdwn.link("\(base)archives/\(card.channel)/\(message)", label)
  }

  private func button(_ lead: Lead) -> Element? {
    let offered = DeskRules.offered(on: lead, now: now)
    guard let kind = [DeskButton.claim, .qualify, .why].first(where: offered.contains) else { return nil }
    return .button(CardButtons.button(kind, on: lead, LeadTitle(lead)))
  }
}
