import RevOps
import SlackAPI

/// One drawing of a card: which parts it has, in which order.
struct CardDrawing {
  let context: CardContext
  let people: CardPeople
  let mentionsOwner: Bool

  var lead: Lead { context.lead }
  var title: LeadTitle { LeadTitle(lead) }

  var blocks: [Block] {
    switch lead.state {
    case .closed, .nurturing, .disqualified, .merged: compact
    case .inReview: [header("Review: "), who, doubt, proposal].compactMap { $0 } + details
    default: [header(""), who, standing, score].compactMap { $0 } + details
    }
  }

  /// The notification, what a screen reader says, and what is shown where blocks can't be.
  var sentence: Mrkdwn {
    let status = CardStatus(lead: lead, people: people, mentionsOwner: false)
    return "Lead \(title.both, max: 300): \(status.sentence)"
  }

  // MARK: Parts

  /// Details are hidden once nobody has to act on them; Why still tells them.
  private var compact: [Block] {
    let status = CardStatus(lead: lead, people: people, mentionsOwner: false)
    let line: Mrkdwn = "*\(title.both, max: 300)*: \(status.sentence)"
    return [.text(line, id: "lead.state"), footer, CardButtons(context: context, title: title).block].compactMap { $0 }
  }

  private var details: [Block] {
    let facts = CardDetails(lead: lead, people: people, similarWanted: context.policy.playbook.similar)
    return facts.blocks + [CardButtons(context: context, title: title).block, footer].compactMap { $0 }
  }

  private func header(_ prefix: String) -> Block {
    .header(PlainText(prefix + title.account).clipped(to: SlackLimits.header), id: "lead.header")
  }

  private var who: Block {
    let normalized = lead.facts?.normalized
    let role = normalized?.title ?? lead.intake.payload.title
    let company = title.account == title.person ? nil : title.account
    let place = [role, company.map { "at \($0)" }].compactMap { $0 }.joined(separator: " ")
    let line = Mrkdwn.joined(
      [Mrkdwn.bold("\(title.person, max: 120)"), Mrkdwn(place).clipped(to: 240)], separator: ", ")
    let address = normalized?.email ?? lead.intake.payload.email
    return .text(Mrkdwn.lines([line, Mrkdwn.code(String(address.prefix(254)))]), id: "lead.who")
  }

  private var standing: Block {
    let status = CardStatus(lead: lead, people: people, mentionsOwner: mentionsOwner)
    var lines = [status.line]
    if let previous = lead.desk.previousOwner, previous != lead.desk.owner {
      lines.append("Earlier with \(people.name(previous), max: 100)")
    }
    if let returned = lead.desk.returned { lines.append("\(returned, max: 200)") }
    if let startsAt = lead.desk.startsAt, startsAt > context.now {
      lines.append("Outside working hours: the clock starts \(CardWords.date(startsAt))")
    } else if let promise {
      lines.append(promise)
    }
    return .text(Mrkdwn.lines(lines), id: "lead.state")
  }

  /// Until when somebody is to do what comes next; the card's first drawing is when its clock begins.
  private var promise: Mrkdwn? {
    guard let state = SLAState(of: lead, policy: context.policy, now: context.now, isCarded: true), let due = state.due
    else { return nil }
    let deed: Mrkdwn =
      switch state.kind {
      case .accept: "Claim"
      case .firstTouch: "Reach out"
      }
    return state.isOverdue(at: context.now)
      ? "*Overdue:* \(deed) was due \(CardWords.date(due))" : "\(deed) by \(CardWords.date(due))"
  }

  private var score: Block? {
    guard let decision = lead.scored?.score else { return nil }
    return .text(Mrkdwn.lines([verdict(decision), reasons(decision)]), id: "lead.score")
  }

  private var doubt: Block? {
    guard let decision = lead.scored?.score else { return nil }
    return .text(
      Mrkdwn.lines(["*Needs a decision*", verdict(decision), reasons(decision)]), id: "lead.score")
  }

  /// Where it goes if it is qualified, as the rules see it.
  private var proposal: Block? {
    guard let routing = lead.routing else { return nil }
    let target = [routing.team.map { "team \($0)" }, routing.owner].compactMap { $0 }.joined(separator: ", ")
    return .text(
      "*If qualified:* \(target.isEmpty ? "whoever claims it" : target, max: 300) (\(routing.reason, max: 200))",
      id: "lead.proposal")
  }

  private var footer: Block {
    var parts: [Mrkdwn] = ["Lead \(Mrkdwn.code(lead.id.description))"]
    if let reason = lead.routing?.reason { parts.append("\(reason, max: 200)") }
    parts.append("received \(CardWords.date(lead.intake.receivedAt))")
    return .context([.mrkdwn(Mrkdwn.joined(parts, separator: " · "))], id: "lead.footer")
  }

  // MARK: Score

  /// In the words of the configuration that decided; with another one in force the indices would name other rules.
  private func verdict(_ decision: ScoreDecision) -> Mrkdwn {
    let isCurrent = lead.routing.map { $0.trace.configVersion == context.policy.version } ?? false
    let words =
      isCurrent
      ? Explanation.verdict(decision, context.policy.scoring).text
      : "Score \(decision.score), \(decision.path.label)"
    return Mrkdwn.bold("\(words, max: 300)")
  }

  private func reasons(_ decision: ScoreDecision) -> Mrkdwn {
    let shown = decision.reasons.prefix(6).map { reason -> Mrkdwn in "\(Explanation.points(reason), max: 120)" }
    let more = decision.reasons.count - 6
    return Mrkdwn.joined(shown + (more > 0 ? ["\(more) more"] : []), separator: " · ")
  }
}
