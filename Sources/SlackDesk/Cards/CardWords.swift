import Foundation
import RevOps
import SlackAPI

extension Source {
  /// For people.
  var label: String {
    switch self {
    case .form: "form"
    case .apollo: "Apollo"
    case .clearbit: "Clearbit"
    case .hubspot: "HubSpot"
    case .derived: "derived"
    }
  }
}

/// The words that cards, lists and modals share.
enum CardWords {
  /// A service by its name: `apollo` → Apollo.
  static func service(_ name: String) -> String { Source(rawValue: name)?.label ?? name }

  static func seniority(_ value: Seniority) -> String {
    switch value {
    case .cLevel: "C-level"
    case .vp: "VP"
    default: capitalized(value.rawValue)
    }
  }

  static func department(_ value: Department) -> String {
    switch value {
    case .it: "IT"
    case .hr: "HR"
    default: value.rawValue.replacing("_", with: " ")
    }
  }

  static func date(_ moment: Date) -> Mrkdwn { Mrkdwn.date(moment, fallback: utc(moment)) }

  static func day(_ moment: Date) -> Mrkdwn { Mrkdwn.date(moment, format: .date, fallback: utc(moment)) }

  /// For clients that can't show a date in the reader's zone: `2026-11-22 14:05 UTC`.
  static func utc(_ moment: Date) -> String {
    let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day().time(includingFractionalSeconds: false)
      .dateTimeSeparator(.space)
    return String(moment.formatted(style).prefix(16)) + " UTC"
  }

  static func similar(_ account: SimilarAccount) -> Mrkdwn {
    let outcome = AccountOutcome.label(of: account.outcome) + (account.reason.map { " (\($0))" } ?? "")
    return "Like \(account.account, max: 80): \(outcome, max: 160), \(account.why, max: 100)"
  }

  /// `3 min`, `2 h 5 min`, `4 d`.
  static func duration(_ seconds: TimeInterval) -> String {
    let minutes = Int((seconds / 60).rounded())
    switch minutes {
    case ..<1: return "under a minute"
    case ..<60: return "\(minutes) min"
    case ..<2_880: return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    default: return "\(minutes / 1_440) days"
    }
  }

  static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// Each explanation line with its mark; what did not count is struck from attention, not from view.
  static func line(_ line: Explanation.Line) -> Mrkdwn {
    switch line.mark {
    case .yes: "✓ \(line.text, max: 400)"
    case .no: "– \(line.text, max: 400)"
    case .note: Mrkdwn.bold(Mrkdwn(line.text).clipped(to: 400))
    }
  }
}
