import Foundation
import RevOps

/// `hours:` of a team or a member. What a member leaves out is the team's.
struct HoursDecoder {
  let report: Report

  private static let week: [WorkingHours.Day] = [.mon, .tue, .wed, .thu, .fri]

  /// Nil when it is in error, or left out and there is none to inherit.
  func decode(_ node: ConfigNode?, inheriting team: WorkingHours?) -> WorkingHours? {
    guard let node else { return team }
    guard
      let section = Section(
        node, "working hours", keys: ["timezone", "days", "from", "to", "holidays"],
        hints: ["tz": "timezone", "zone": "timezone", "start": "from", "end": "to", "until": "to"], report)
    else { return nil }
    let timezone = value(section, "timezone", team?.timezone, report.timeZone)
    let from = value(section, "from", team?.from, report.clockTime)
    let to = value(section, "to", team?.to, report.clockTime)
    let days = section["days"].flatMap { report.days($0, "days") } ?? team?.days ?? Self.week
    let holidays = section.list("holidays")?.compactMap { report.date($0, "holidays") } ?? team?.holidays ?? []
    guard let timezone, let from, let to else { return nil }
    guard from != to else {
      report.error(section["to"] ?? node, "work begins and ends at the same minute", suggestion: "leave `hours` out")
      return nil
    }
    return WorkingHours(timezone: timezone, days: days, from: from, to: to, holidays: holidays)
  }

  private func value<Value>(
    _ section: Section, _ key: String, _ inherited: Value?, _ read: (ConfigNode, String) -> Value?
  ) -> Value? {
    if inherited != nil, section[key] == nil { return inherited }
    return section.required(key).flatMap { read($0, key) }
  }
}

extension Report {
  /// An IANA name that the system's zone rules know.
  func timeZone(_ node: ConfigNode, _ key: String) -> String? {
    guard let text = text(node, key) else { return nil }
    let known = TimeZone.knownTimeZoneIdentifiers
    if text == "UTC" || known.contains(text) { return text }
    if text.contains("/"), TimeZone(identifier: text) != nil { return text }
    let cities = known.filter { $0.hasSuffix("/" + text.replacing(" ", with: "_")) }
    error(
      node, "unknown time zone `\(ConfigNode.short(text))`",
      suggestion: cities.first.map { "did you mean `\($0)`?" } ?? Suggestion.nearest(to: text, in: known)
        ?? "write an IANA name such as `Europe/Berlin`")
    return nil
  }
}
