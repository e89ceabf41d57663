import Foundation
import RevOps
import SlackAPI

/// Where a lead stands and with whom, as a line and as a part of a sentence.
struct CardStatus {
  let lead: Lead
  let people: CardPeople
  let mentionsOwner: Bool

  private var desk: Desk { lead.desk }
  private var owner: Mrkdwn? { desk.owner.map { people.reference($0, mentioned: mentionsOwner) } }

  /// On the card.
  var line: Mrkdwn {
    guard let owner else { return "*Unclaimed* · \(lead.state.label)" }
    switch lead.state {
    case .claimed: return "*Claimed by* \(owner)" + at(desk.claimedAt)
    case .worked: return "*Being worked by* \(owner)" + at(desk.firstTouchAt)
    default: return "*Owner* \(owner) · \(lead.state.label)"
    }
  }

  /// After the lead's name.
  var sentence: Mrkdwn {
    switch lead.state {
    case .closed: return closed
    case .nurturing: return "in nurture" + revisit + by("nurtured")
    case .disqualified: return "disqualified" + by("disqualified")
    case .merged: return "joined an earlier lead of the same person"
    case .inReview: return "to be reviewed"
    default:
      return Mrkdwn.joined([Mrkdwn(lead.state.label), owner.map { "owner \($0)" } ?? "no owner yet"], separator: ", ")
    }
  }

  private var closed: Mrkdwn {
    guard let outcome = desk.outcome else { return "closed" }
    var parts: [Mrkdwn] = ["*\(outcome.result.label)*"]
    if let amount = outcome.amount { parts.append("\(amount, max: 40)") }
    if let reason = outcome.reason { parts.append("\(reason, max: 300)") }
    if let owner { parts.append("owner \(owner)") }
    return Mrkdwn.joined(parts, separator: ", ")
  }

  private var revisit: Mrkdwn {
    desk.revisitAt.map { ", looked at again \(CardWords.day($0))" } ?? Mrkdwn()
  }

  /// Who did it, if it was a person and nothing changed since.
  private func by(_ action: String) -> Mrkdwn {
    guard let undo = desk.undo, undo.action == action, undo.decision == desk.decision else { return Mrkdwn() }
    return " by \(people.name(undo.by), max: 100)" + at(undo.at)
  }

  private func at(_ moment: Date?) -> Mrkdwn { moment.map { " · \(CardWords.date($0))" } ?? Mrkdwn() }
}
