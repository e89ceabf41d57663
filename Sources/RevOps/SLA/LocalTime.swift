import Foundation
import Synchronization

/// Wall clock of one time zone, in whole seconds since 1970 and days since 1970-01-01.
///
/// It does its own calendar arithmetic on the zone's offset: `Calendar` answers the same questions an order of
/// magnitude slower, and routing asks them for every member of a team.
struct LocalTime: Sendable {
  private let zone: TimeZone

  /// Nil for a name that the zone data doesn't know.
  init?(zoneNamed name: String) {
    guard let zone = Self.zone(named: name) else { return nil }
    self.zone = zone
  }

  /// The local date at an instant.
  func day(at instant: TimeInterval) -> Int {
    Self.floorDivide(Int(instant.rounded(.down)) + offset(at: instant), 86_400)
  }

  /// The first instant at which the wall clock reads this minute of this day, or anything later.
  ///
  /// So a time that the clock skips in spring is the moment of the change, and one that it shows twice in autumn is
  /// the first of the two. Minute 1440 is the next day's midnight.
  func instant(day: Int, minute: Int) -> Int {
    let wall = day * 86_400 + minute * 60
    // No zone lies more than a day from UTC, and none changes its offset twice within two days.
    let before = offset(at: TimeInterval(wall - 86_400))
    let after = offset(at: TimeInterval(wall + 86_400))
    if before == after || offset(at: TimeInterval(wall - before)) == before { return wall - before }
    if offset(at: TimeInterval(wall - after)) == after { return wall - after }
    return change(after: wall - 86_400, until: wall + 86_400)
  }

  /// The first second in the range whose offset differs from that at its beginning.
  private func change(after start: Int, until end: Int) -> Int {
    let old = offset(at: TimeInterval(start))
    var (low, high) = (start, end)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: TimeInterval(middle)) == old { low = middle } else { high = middle }
    }
    return high
  }

  private func offset(at instant: TimeInterval) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: instant))
  }

  static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value - divisor + 1) / divisor
  }
}

extension LocalTime {
  /// Looking a zone up by name takes Foundation many times longer than asking it. The names come from the
  /// configuration, so there are few; an unknown one is not kept.
  private static let known = Mutex<[String: TimeZone]>([:])

  private static func zone(named name: String) -> TimeZone? {
    if let zone = known.withLock({ $0[name] }) { return zone }
    guard let zone = TimeZone(identifier: name) else { return nil }
    known.withLock { $0[name] = zone }
    return zone
  }

  /// Days since 1970-01-01 of a date written `2026-12-25`; nil for anything else.
  ///
  /// Counts from March, so that the leap day comes last in its year, over the 400-year cycle of the Gregorian calendar.
  static func day(written text: String) -> Int? {
    guard let (year, month, day) = numbers(in: text), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let marchYear = month > 2 ? year : year - 1
    let marchMonth = (month + 9) % 12
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    let leapDays = floorDivide(marchYear, 4) - floorDivide(marchYear, 100) + floorDivide(marchYear, 400)
    return marchYear * 365 + leapDays + dayOfYear - daysFromMarchOfYearZero
  }

  /// Byte by byte: it is done for each holiday whenever hours are made ready, and splitting took most of that time.
  private static func numbers(in text: String) -> (year: Int, month: Int, day: Int)? {
    guard text.utf8.count == 10 else { return nil }
    var packed = 0
    for (place, byte) in text.utf8.enumerated() {
      if place == 4 || place == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        packed = packed * 10 + Int(byte - UInt8(ascii: "0"))
      }
    }
    return (packed / 10_000, packed / 100 % 100, packed % 100)
  }

  /// From 1 March of the year 0 to 1970-01-01.
  private static let daysFromMarchOfYearZero = 719_468
}
