import Foundation
import RevOps
import SlackAPI

/// One lead as an answer to somebody who looked for it: who has it, where it stands, what happened last, accounts like
/// it, and everything that can be done.
struct LeadSheet {
  private static let touches = 4

  var lead: Lead
  /// Oldest first.
  var history: [HistoryEntry]
  var look: LeadLook
  var crmURL: String?

  func message(_ title: Mrkdwn) -> Message {
    Message(text: "\(title): \(look.text(lead))", blocks: [.text(title)] + blocks).fitted()
  }

  var blocks: [Block] {
    let context = CardContext(lead: lead, policy: look.policy, now: look.now, crmURL: crmURL)
    let buttons = CardButtons(context: context, title: LeadTitle(lead)).block
    return [.text(look.text(lead), id: "sheet.lead"), route, last, similar, warnings, buttons].compactMap { $0 }
  }

  private var route: Block? {
    guard let routing = lead.routing else { return nil }
    let team = (lead.desk.team ?? routing.team).map { "team \($0), " } ?? ""
    return .context([.mrkdwn("\(team + routing.reason, max: 300)")], id: "sheet.route")
  }

  private var last: Block? {
    let lines = history.suffix(Self.touches).reversed().map { entry -> Mrkdwn in
      let by = entry.actor == "system" ? "" : " by \(look.people.name(entry.actor))"
      let hasReceiver = ["assigned", "reassigned"].contains(entry.action)
      let to = hasReceiver ? entry.to.map { " to \(look.people.name($0))" } ?? "" : ""
      return "\(CardWords.date(entry.at)): \(HistoryWords.word(entry.action) + to + by, max: 200)"
    }
    return lines.isEmpty ? nil : .context([.mrkdwn(Mrkdwn.lines(["*Last touches*"] + lines))], id: "sheet.history")
  }

  private var similar: Block? {
    guard let accounts = lead.summarized?.similar, !accounts.isEmpty else { return nil }
    let lines = accounts.prefix(3).map(CardWords.similar)
    return .context([.mrkdwn(Mrkdwn.lines(Array(lines)))], id: "sheet.similar")
  }

  private var warnings: Block? {
    let texts = lead.warnings + lead.errors
    guard !texts.isEmpty else { return nil }
    let lines = texts.prefix(4).map { text -> Mrkdwn in "Note: \(CardWords.capitalized(text), max: 160)" }
    return .context([.mrkdwn(Mrkdwn.lines(lines))], id: "sheet.warnings")
  }
}

/// The audit's fixed words, for people.
enum HistoryWords {
  static func word(_ action: String) -> String {
    switch action {
    case "card_posted": "card posted"
    case "first_touch": "first touch"
    case "outcome": "outcome logged"
    case "undone": "taken back"
    case "touched": "wrote again"
    default: action.replacing("_", with: " ")
    }
  }
}
