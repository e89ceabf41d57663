import Foundation
import RevOps
import SlackAPI

extension SlackHandlers {
  private static let longestSpan = 400

  /// `7d`, `2w`, `24h`; nil for anything else.
  static func span(_ text: String) -> TimeInterval? {
    if text.isEmpty { return 7 * 86_400 }
    guard let found = text.lowercased().wholeMatch(of: /(?:last )?([0-9]{1,3}) ?(h|hours?|d|days?|w|weeks?)/),
      let count = Int(found.1), count > 0
    else { return nil }
    let unit: TimeInterval =
      switch found.2.first {
      case "h": 3_600
      case "w": 7 * 86_400
      default: 86_400
      }
    let span = TimeInterval(count) * unit
    return span <= TimeInterval(longestSpan) * 86_400 ? span : nil
  }

  func stats(_ text: String, _ person: ChatPerson) async throws(StorageError) -> Message {
    guard let span = Self.span(text) else {
      return Message(
        text: "Give a time such as \(Mrkdwn.code("/lead stats 7d")), \(Mrkdwn.code("24h")) or \(Mrkdwn.code("4w")).")
    }
    let since = ports.now().addingTimeInterval(-span)
    let all = try await DeskFigures.leads(since: since, in: ports.leads)
    let leads = visible(all, to: person)
    let title: Mrkdwn = "*Since \(CardWords.date(since))*"
    guard !leads.isEmpty else { return Message(text: "\(title): no lead has come.") }
    var lines = [title, FiguresWords.lines(DeskFigures(of: leads))]
    if all.count >= DeskFigures.limit { lines.append("Only the newest \(DeskFigures.limit) leads are counted.") }
    let teams = Mrkdwn.lines(FiguresWords.teams(leads))
    let blocks: [Block] = [.text(Mrkdwn.lines(lines))] + (teams.isEmpty ? [] : [.text(teams)])
    return Message(text: Mrkdwn.lines(lines), blocks: blocks).fitted()
  }
}

/// Figures in words.
enum FiguresWords {
  private static let shownTeams = 12

  static func lines(_ figures: DeskFigures) -> Mrkdwn {
    let paths: [(Path, String)] = [
      (.qualify, "qualified"), (.manualReview, "to review"), (.nurture, "nurtured"), (.disqualify, "disqualified"),
    ]
    let parts = paths.compactMap { path, word in figures.paths[path].map { Mrkdwn("\($0) \(word)") } }
    let outcomes = Outcome.Result.allCases.compactMap { result in
      figures.outcomes[result].map { Mrkdwn("\(result.label.lowercased()) \($0)") }
    }
    let came: Mrkdwn = figures.received == 1 ? "1 lead came" : "\(figures.received) leads came"
    return Mrkdwn.lines([
      Mrkdwn.joined([came] + parts, separator: ", "), speed("Claimed", figures.claimed, figures.usualClaim),
      speed("First touch", figures.touched, figures.usualTouch),
      outcomes.isEmpty ? Mrkdwn() : "Outcomes: \(Mrkdwn.joined(outcomes, separator: ", "))",
    ])
  }

  static func teams(_ leads: [Lead]) -> [Mrkdwn] {
    let teams = Dictionary(grouping: leads.filter { $0.desk.team != nil }, by: { $0.desk.team ?? "" })
    let ranked = teams.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return ranked.prefix(shownTeams).map { name, leads in
      let figures = DeskFigures(of: leads)
      let speed = figures.usualClaim.map { ", usually in \(CardWords.duration($0))" } ?? ""
      return "*\(name, max: 80)*: \(leads.count) in, \(figures.claimed) claimed\(speed)"
    }
  }

  private static func speed(_ deed: String, _ count: Int, _ usual: TimeInterval?) -> Mrkdwn {
    guard let usual else { return Mrkdwn("\(deed): none yet") }
    return "\(deed): \(count), usually in \(CardWords.duration(usual))"
  }
}
