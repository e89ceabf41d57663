import Foundation
import RevOps
import SlackAPI

/// A morning digest: what is open, what waits, what came in bulk, and what nobody has touched for long.
struct DigestMessage {
  private static let openShown = 15
  private static let waitingShown = 10
  private static let bulkShown = 12
  private static let staleShown = 8

  /// Whose: "Your leads", "emea-fintech".
  var title: String
  /// Of one person, who has a list of their own.
  var isPersonal = true
  /// With a card, in somebody's hands.
  var open: [Lead]
  /// To be reviewed or claimed.
  var waiting: [Lead]
  /// Came since the last digest without a card.
  var bulk: [Lead]
  var look: LeadLook

  /// Nil: there is nothing to say.
  func message(key: String) -> Message? {
    guard !(open + waiting + bulk).isEmpty else { return nil }
    let lists = [
      section("Overdue", overdue, Self.openShown), section("Open", onTime, Self.openShown),
      section("To review or to claim", waiting, Self.waitingShown, more: ": \(Mrkdwn.code("/lead queue"))"),
      section("Came in bulk, without a card", bulk, Self.bulkShown),
      section("Not touched for \(staleDays) days", stale, Self.staleShown),
    ]
    let blocks = [.header(PlainText("Good morning: \(title)").clipped(to: SlackLimits.header))] + lists.joined()
    return Message(
      text: "Good morning: \(title, max: 100). \(summary)", blocks: Array(blocks.prefix(SlackLimits.messageBlocks)),
      metadata: CardMetadata.line(key)
    ).fitted()
  }

  // MARK: Parts

  private var overdue: [Lead] { open.filter(isOverdue) }
  private var onTime: [Lead] { open.filter { !isOverdue($0) && !isStale($0) } }
  private var stale: [Lead] { open.filter { isStale($0) && !isOverdue($0) } }

  private func isOverdue(_ lead: Lead) -> Bool {
    SLAState(of: lead, policy: look.policy, now: look.now)?.isOverdue(at: look.now) == true
  }

  private func isStale(_ lead: Lead) -> Bool {
    let touched = max(lead.desk.touchedAt ?? .distantPast, lead.intake.receivedAt)
    return look.now.timeIntervalSince(touched) > TimeInterval(look.policy.playbook.notify.staleAfter)
  }

  private var staleDays: Int { max(1, look.policy.playbook.notify.staleAfter / 86_400) }

  private var summary: Mrkdwn {
    let counts = [
      (overdue.count, "overdue"), (onTime.count + stale.count, "open"), (waiting.count, "to review or to claim"),
      (bulk.count, "in bulk"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { Mrkdwn("\($0.0) \($0.1)") }
    return Mrkdwn.joined(parts, separator: ", ") + "."
  }

  /// Compact: a line for each, so that a morning's worth fits on one screen.
  /// - Parameter more: where the rest is found; nil: among one's own leads, or nowhere at a glance.
  private func section(_ name: String, _ leads: [Lead], _ limit: Int, more place: Mrkdwn? = nil) -> [Block] {
    guard !leads.isEmpty else { return [] }
    let more = leads.count - limit
    let place = place ?? (isPersonal ? ": \(Mrkdwn.code("/lead mine"))" : "")
    let heading: Mrkdwn = "*\(name) (\(leads.count))*"
    let lines = leads.prefix(limit).map(line) + (more > 0 ? ["and \(more) more\(place)"] : [])
    return [.text(heading)] + Self.chunks(lines).map { .text($0) }
  }

  private func line(_ lead: Lead) -> Mrkdwn {
    let name: Mrkdwn =
      look.link(to: lead, String(LeadTitle(lead).both.prefix(120))) ?? "\(LeadTitle(lead).both, max: 120)"
    // Whose they are goes without saying in one's own digest.
    let owner = isPersonal ? Mrkdwn() : lead.desk.owner.map { Mrkdwn(look.people.name($0)) } ?? "nobody"
    return Mrkdwn.joined(["• \(name)", owner, look.clock(lead) ?? Mrkdwn(lead.state.label)], separator: " · ")
  }

  private static func chunks(_ lines: [Mrkdwn]) -> [Mrkdwn] {
    stride(from: 0, to: lines.count, by: 8).map { Mrkdwn.lines(Array(lines[$0..<min($0 + 8, lines.count)])) }
  }
}
