import Foundation
import RevOps

/// When somebody is back, as people write it: `friday`, `until tomorrow 13:00`, `24 Dec`, `24.12.`, `for 3 days`, `2h`.
struct AwayUntil {
  enum Answer: Equatable {
    /// Until they say that they are back.
    case open
    case moment(Date)
    /// It is past, or further away than anybody plans.
    case impossible
    case unreadable
  }

  static let furthest: TimeInterval = 400 * 86_400
  private static let fillers: Set = [
    "until", "till", "til", "at", "on", "the", "of", "to", "next", "this", "by", "from",
  ]

  private let now: Date
  private let calendar: Calendar
  /// When their day begins, in minutes after midnight.
  private let morning: Int

  init(now: Date, zone: TimeZone, morning: Int = 9 * 60) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    self.now = now
    self.calendar = calendar
    self.morning = morning
  }

  func read(_ text: String) -> Answer {
    let typed = TextFolding.fold(text).replacing(/\ (am|pm)\b/) { "\($0.1)" }
    let words = typed.split(whereSeparator: { " ,".contains($0) }).map(String.init)
      .filter { !Self.fillers.contains($0) }
    guard !words.isEmpty else { return .open }
    guard let moment = moment(after: words) ?? moment(at: words) else { return .unreadable }
    guard moment > now, moment.timeIntervalSince(now) <= Self.furthest else { return .impossible }
    return .moment(moment)
  }

  // MARK: So long

  /// `2h`, `for 3 days`, `in a week`.
  private func moment(after words: [String]) -> Date? {
    let text = words.filter { !["for", "in"].contains($0) }.joined()
    guard let found = text.wholeMatch(of: /([0-9]{1,3}|an?)(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)/)
    else { return nil }
    let count = Int(found.1) ?? 1
    switch found.2.first {
    case "m": return now.addingTimeInterval(TimeInterval(count) * 60)
    case "h": return now.addingTimeInterval(TimeInterval(count) * 3_600)
    case "d": return date(inDays: count, minute: morning)
    default: return date(inDays: 7 * count, minute: morning)
    }
  }

  // MARK: That day, that time

  private enum Day {
    case inDays(Int)
    case weekday(Int)
    case date(year: Int?, month: Int, day: Int)
  }

  private func moment(at words: [String]) -> Date? {
    var rest = words[...]
    var day: Day?
    var minute: Int?
    while let word = rest.first {
      if minute == nil, let time = Self.minute(word) {
        minute = time
        rest = rest.dropFirst()
      } else if day == nil, let (found, length) = Self.day(rest) {
        day = found
        rest = rest.dropFirst(length)
      } else {
        return nil
      }
    }
    return moment(day, minute)
  }

  private func moment(_ day: Day?, _ minute: Int?) -> Date? {
    switch day {
    case nil: return first(inDays: 0...1, minute: minute)
    // The rest of today: they are back in the morning.
    case .inDays(0) where minute == nil: return date(inDays: 1, minute: morning)
    case .inDays(let days): return date(inDays: days, minute: minute ?? morning)
    case .weekday(let weekday):
      let today = calendar.component(.weekday, from: now)
      let ahead = (weekday - today + 7) % 7
      // "Friday" on a Friday is the next one, unless a time that is still to come is said.
      return first(inDays: ahead == 0 && minute == nil ? 7...7 : ahead...ahead + 7, step: 7, minute: minute ?? morning)
    case .date(let year?, let month, let day): return date(year, month, day, minute ?? morning)
    case .date(nil, let month, let day):
      let year = calendar.component(.year, from: now)
      let dates = [year, year + 1].compactMap { date($0, month, day, minute ?? morning) }
      return dates.first { $0 > now }
    }
  }

  private func first(inDays days: ClosedRange<Int>, step: Int = 1, minute: Int?) -> Date? {
    guard let minute else { return nil }
    return stride(from: days.lowerBound, through: days.upperBound, by: step).lazy
      .compactMap { date(inDays: $0, minute: minute) }.first { $0 > now }
  }

  private func date(inDays days: Int, minute: Int) -> Date? {
    guard let day = calendar.date(byAdding: .day, value: days, to: now) else { return nil }
    let parts = calendar.dateComponents([.year, .month, .day], from: day)
    return date(parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, minute)
  }

  private func date(_ year: Int, _ month: Int, _ day: Int, _ minute: Int) -> Date? {
    let plain = DateComponents(year: year, month: month, day: day)
    guard plain.isValidDate(in: calendar) else { return nil }
    var moment = DateComponents(year: year, month: month, day: day, hour: minute / 60, minute: minute % 60)
    if minute == 24 * 60 { (moment.day, moment.hour) = (day + 1, 0) }
    return calendar.date(from: moment)
  }

  // MARK: Words

  /// `14:00`, `9am`, `5:30pm`, `noon`; midnight is that at the day's end.
  private static func minute(_ word: String) -> Int? {
    if word == "noon" { return 12 * 60 }
    if word == "midnight" { return 24 * 60 }
    guard let found = word.wholeMatch(of: /([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?/),
      found.2 != nil || found.3 != nil, let hour = Int(found.1)
    else { return nil }
    let minute = found.2.flatMap { Int($0) } ?? 0
    guard minute < 60 else { return nil }
    guard let half = found.3 else { return hour < 24 ? hour * 60 + minute : nil }
    guard (1...12).contains(hour) else { return nil }
    return (hour % 12 + (half == "pm" ? 12 : 0)) * 60 + minute
  }

  private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// The day that stands first, and of how many words it is.
  private static func day(_ words: ArraySlice<String>) -> (Day, Int)? {
    guard let word = words.first else { return nil }
    switch word {
    case "yesterday": return (.inDays(-1), 1)
    case "today": return (.inDays(0), 1)
    case "tomorrow": return (.inDays(1), 1)
    case "week": return (.weekday(2), 1)
    default: break
    }
    if let weekday = index(of: word, in: weekdays) { return (.weekday(weekday + 1), 1) }
    if let date = numeric(word) { return (date, 1) }
    return written(Array(words.prefix(3)))
  }

  /// `2026-12-24`, `24.12.`, `24.12.2026`, and `12/24` or `24/12` where only one of the two can be the month.
  private static func numeric(_ word: String) -> Day? {
    if let found = word.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/), let month = Int(found.2),
      let day = Int(found.3)
    {
      return .date(year: Int(found.1), month: month, day: day)
    }
    if let slashed = slashed(word) { return slashed }
    guard let found = word.wholeMatch(of: /([0-9]{1,2})\.([0-9]{1,2})\.?([0-9]{4})?/), let day = Int(found.1),
      let month = Int(found.2)
    else { return nil }
    return .date(year: found.3.flatMap { Int($0) }, month: month, day: day)
  }

  /// People of two worlds write so: what could be either is asked for again.
  private static func slashed(_ word: String) -> Day? {
    guard let found = word.wholeMatch(of: /([0-9]{1,2})\/([0-9]{1,2})(?:\/([0-9]{4}))?/), let first = Int(found.1),
      let second = Int(found.2), first == second || max(first, second) > 12
    else { return nil }
    return .date(year: found.3.flatMap { Int($0) }, month: min(first, second), day: max(first, second))
  }

  /// `24 dec`, `dec 24th`, `24 december 2026`.
  private static func written(_ words: [String]) -> (Day, Int)? {
    guard words.count >= 2 else { return nil }
    let isMonthFirst = index(of: words[0], in: months) != nil
    let name = isMonthFirst ? words[0] : words[1]
    let number = isMonthFirst ? words[1] : words[0]
    guard let month = index(of: name, in: months),
      let found = number.wholeMatch(of: /([0-9]{1,2})(?:st|nd|rd|th)?\.?/), let day = Int(found.1)
    else { return nil }
    if words.count > 2, let year = words[2].wholeMatch(of: /[0-9]{4}/).flatMap({ Int($0.output) }) {
      return (.date(year: year, month: month + 1, day: day), 3)
    }
    return (.date(year: nil, month: month + 1, day: day), 2)
  }

  /// By at least its first three letters.
  private static func index(of word: String, in names: [String]) -> Int? {
    guard word.count >= 3 else { return nil }
    return names.firstIndex {
      $0.hasPrefix(word) || (word.hasSuffix("s") && $0.hasPrefix(word.dropLast()) && word.count > 3)
    }
  }
}
