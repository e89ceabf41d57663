import Foundation

/// Times as they come in payloads.
public enum Timestamp {
  /// `2026-03-02T15:04:00Z`, `2026-03-02T16:04:00.5+01:00`: RFC 3339 §5.6, nil for anything else. A leap second counts
  /// as the next one.
  public static func date(rfc3339 text: String) -> Date? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 40, let day = day(bytes), "Tt ".utf8.contains(bytes[10]),
      let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2), let second = number(bytes, 17, 2),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), hour < 24, minute < 60, second <= 60
    else { return nil }
    var position = 19
    guard let fraction = fraction(bytes, &position), let offset = offset(bytes, position) else { return nil }
    return Date(timeIntervalSince1970: Double(day * 86_400 + hour * 3600 + minute * 60 + second - offset) + fraction)
  }

  /// HubSpot's milliseconds since 1970, as a number or its digits, from the year 2000 on: less is seconds or a mistake.
  static func date(milliseconds value: JSONValue) -> Date? {
    let text: String? = if case .number(let digits) = value { digits } else { value.string }
    guard let text, let milliseconds = Int(text), (946_684_800_000..<253_402_300_800_000).contains(milliseconds)
    else { return nil }
    return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  private static func day(_ bytes: [UInt8]) -> Int? {
    guard let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2),
      bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), (1...12).contains(month), day >= 1,
      day <= length(of: month, in: year)
    else { return nil }
    return days(year, month, day)
  }

  private static func length(of month: Int, in year: Int) -> Int {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar, with years that begin in March.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }

  private static func fraction(_ bytes: [UInt8], _ position: inout Int) -> Double? {
    guard bytes[position] == UInt8(ascii: ".") else { return 0 }
    let start = position + 1
    position = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    return position == start ? nil : Double("0." + String(decoding: bytes[start..<position], as: UTF8.self))
  }

  /// Seconds east of UTC.
  private static func offset(_ bytes: [UInt8], _ position: Int) -> Int? {
    if bytes.count == position + 1 { return bytes[position] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
    guard bytes.count == position + 6, let hours = number(bytes, position + 1, 2),
      let minutes = number(bytes, position + 4, 2), bytes[position + 3] == UInt8(ascii: ":"), hours < 24, minutes < 60
    else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ length: Int) -> Int? {
    let digits = bytes[start..<(start + length)]
    return digits.allSatisfy(isDigit) ? digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
