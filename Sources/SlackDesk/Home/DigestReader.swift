import Foundation
import RevOps

/// Who gets a morning digest, and when it is morning there.
struct DigestReader: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// By direct message.
    case rep(String)
    /// In the team's channel.
    case team(String)
  }

  /// How long after its time it is still sent: after that it would be no morning's any more.
  static let window = 3 * 60

  var kind: Kind
  var zone: TimeZone
  /// Local dates without work.
  var holidays: [String] = []

  var key: String {
    switch kind {
    case .rep(let email): "rep/\(email)"
    case .team(let name): "team/\(name)"
    }
  }

  /// The day whose digest is due now, `2026-12-24`; nil: none is.
  func day(at now: Date, _ digest: Playbook.Digest) -> String? {
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: now)
    guard let hour = parts.hour, let minute = parts.minute, let weekday = parts.weekday,
      (digest.at..<digest.at + Self.window).contains(hour * 60 + minute),
      digest.days.contains(Self.days[weekday - 1])
    else { return nil }
    let day = Self.text(parts)
    return holidays.contains(day) ? nil : day
  }

  /// When the digest before this one was due: what came since is new to the reader.
  func previous(before now: Date, _ digest: Playbook.Digest) -> Date {
    for ahead in 1...8 {
      guard let date = calendar.date(byAdding: .day, value: -ahead, to: now) else { break }
      let weekday = calendar.component(.weekday, from: date)
      guard digest.days.contains(Self.days[weekday - 1]) else { continue }
      // By the clock on the wall: the day that it is changed on is an hour shorter or longer.
      return calendar.date(bySettingHour: digest.at / 60, minute: digest.at % 60, second: 0, of: date) ?? date
    }
    return now.addingTimeInterval(-86_400)
  }

  private var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }

  /// As `Calendar` counts them.
  private static let days: [WorkingHours.Day] = [.sun, .mon, .tue, .wed, .thu, .fri, .sat]

  private static func text(_ parts: DateComponents) -> String {
    func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
  }
}
