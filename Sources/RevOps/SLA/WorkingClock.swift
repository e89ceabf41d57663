import Foundation

/// Working hours made ready for arithmetic: keep one where the same hours are asked about often.
///
/// A shift is the time from `from` to `to` on the wall clock of the zone, and belongs to the day it starts on: a holiday
/// cancels the shifts that start on it, not the end of one that started the evening before. Where the clock changes
/// inside a shift, the shift is as long as really passes. A boundary that the clock skips is the moment of the change; of
/// one that it shows twice, the first counts. Equal `from` and `to` are no working time.
public struct WorkingClock: Sendable {
  /// How far ahead an opening or closing is looked for.
  public static let horizonInDays = 400

  private let time: LocalTime
  /// Monday first.
  private let works: [Bool]
  private let holidays: [Int]
  private let from: Int
  private let to: Int

  /// Nil if the zone is unknown; the configuration's check refuses such a zone before it gets here.
  public init?(_ hours: WorkingHours) {
    guard let time = LocalTime(zoneNamed: hours.timezone) else { return nil }
    self.time = time
    works = WorkingHours.Day.allCases.map(hours.days.contains)
    holidays = hours.holidays.compactMap(LocalTime.day(written:))
    from = hours.from
    to = hours.to
  }

  /// Inside a shift. Its first instant is inside, its last is not.
  public func isOpen(at date: Date) -> Bool {
    let instant = Self.seconds(date)
    let today = time.day(at: instant)
    // A day on each side: a shift over midnight, and a clock set back over midnight.
    return (today - 1...today + 1).contains { shift(on: $0)?.contains(instant) ?? false }
  }

  /// The first instant inside hours, the given one included; nil if there is none within the horizon.
  public func nextOpening(after date: Date) -> Date? {
    let instant = Self.seconds(date)
    guard let shift = shifts(endingAfter: instant).first(where: { _ in true }) else { return nil }
    return shift.lowerBound <= instant ? date : Date(timeIntervalSince1970: shift.lowerBound)
  }

  /// The first instant outside hours, the given one included; nil if there is none within the horizon.
  public func nextClosing(after date: Date) -> Date? {
    let instant = Self.seconds(date)
    var end = instant
    for shift in shifts(endingAfter: instant) {
      if shift.lowerBound > end { return end == instant ? date : Date(timeIntervalSince1970: end) }
      end = shift.upperBound
    }
    let limit = instant + TimeInterval((Self.horizonInDays - 1) * 86_400)
    if end >= limit { return nil }
    return end == instant ? date : Date(timeIntervalSince1970: end)
  }

  /// Seconds of working time between two instants; 0 if the second is not later.
  public func workingSeconds(from start: Date, to end: Date) -> TimeInterval {
    let (first, last) = (Self.seconds(start), Self.seconds(end))
    guard first < last else { return 0 }
    return (time.day(at: first) - 1...time.day(at: last) + 1).reduce(0) { sum, day in
      guard let shift = shift(on: day) else { return sum }
      return sum + max(0, min(shift.upperBound, last) - max(shift.lowerBound, first))
    }
  }

  /// The first instant by which this much working time has passed; the date itself for none or less. Nil if the time
  /// isn't worked off: not a finite number, or no shift within the horizon of the one before.
  public func adding(workingSeconds: TimeInterval, to date: Date) -> Date? {
    guard workingSeconds.isFinite else { return nil }
    guard workingSeconds > 0 else { return date }
    var remaining = workingSeconds
    var instant = Self.seconds(date)
    while let shift = shifts(endingAfter: instant).first(where: { _ in true }) {
      let start = max(shift.lowerBound, instant)
      if start + remaining <= shift.upperBound { return Date(timeIntervalSince1970: start + remaining) }
      remaining -= shift.upperBound - start
      instant = shift.upperBound
      guard instant < Self.farthest else { return nil }
    }
    return nil
  }
}

extension WorkingClock {
  /// The shifts that end after an instant, in order, as far as the horizon.
  private func shifts(endingAfter instant: TimeInterval) -> some Sequence<Range<TimeInterval>> {
    let today = time.day(at: instant)
    return (today - 1...today + Self.horizonInDays).lazy
      .compactMap { shift(on: $0) }
      .filter { $0.upperBound > instant }
  }

  private func shift(on day: Int) -> Range<TimeInterval>? {
    guard from != to, works[Self.weekday(of: day)], !holidays.contains(day) else { return nil }
    let start = time.instant(day: day, minute: from)
    let end = time.instant(day: from < to ? day : day + 1, minute: to)
    // Empty where the zone skipped the whole of it.
    return start < end ? TimeInterval(start)..<TimeInterval(end) : nil
  }

  /// 0 is Monday; 1970-01-01 was a Thursday.
  private static func weekday(of day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }

  /// About 3,000 years on either side of 1970: beyond it a date is not a time of work but a marker such as
  /// `distantFuture`, and is cut off so that day arithmetic stays small.
  private static let farthest: TimeInterval = 1e11

  private static func seconds(_ date: Date) -> TimeInterval {
    min(max(date.timeIntervalSince1970, -farthest), farthest)
  }
}
