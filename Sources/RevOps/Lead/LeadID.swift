import Foundation

/// One of 64 shares of all work. A lead stays in the partition of its folded e-mail address for ever, so that all that
/// one person sends meets in one place.
public struct Partition: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public static let count = 64
  public static let all = (0..<count).map { Partition(unchecked: $0) }

  public let rawValue: Int

  public init?(rawValue: Int) {
    guard (0..<Self.count).contains(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  private init(unchecked rawValue: Int) { self.rawValue = rawValue }

  /// The partition of an identity (a folded e-mail address): FNV-1a, 64 bit, modulo 64. The function is part of the
  /// stored format and never changes.
  public init(of identity: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in identity.utf8 {
      hash ^= UInt64(byte)
      hash = hash &* 0x0000_0100_0000_01b3
    }
    rawValue = Int((hash ^ (hash >> 32)) % UInt64(Self.count))
  }

  /// `p07`
  public var description: String { rawValue < 10 ? "p0\(rawValue)" : "p\(rawValue)" }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Names a lead for ever: its partition and a ULID, `p07-01JD3…`. Sorts by time within a partition.
public struct LeadID: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public let partition: Partition
  /// 26 characters of Crockford's base 32: 48 bits of milliseconds, 80 random bits (ULID).
  public let ulid: String

  public var description: String { "\(partition)-\(ulid)" }

  /// A new id for `identity`, the folded e-mail address of the person.
  public init(identity: String, now: Date, random: inout some RandomNumberGenerator) {
    partition = Partition(of: identity)
    ulid = ULID.make(now: now, random: &random)
  }

  /// Reads an id as it is written; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 3, parts[0].first == "p", let number = Int(parts[0].dropFirst()),
      parts[0].dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
      let partition = Partition(rawValue: number), ULID.isValid(parts[1])
    else { return nil }
    self.partition = partition
    ulid = String(parts[1])
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = LeadID(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a lead id")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  public static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

/// Universally unique lexicographically sortable identifiers (github.com/ulid/spec).
public enum ULID {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  public static func make(now: Date, random: inout some RandomNumberGenerator) -> String {
    var high = UInt64(max(0, now.timeIntervalSince1970 * 1000)) & 0xffff_ffff_ffff
    var text = [UInt8](repeating: 0, count: 26)
    for index in stride(from: 9, through: 0, by: -1) {
      text[index] = alphabet[Int(high & 31)]
      high >>= 5
    }
    for index in 10..<26 { text[index] = alphabet[Int(random.next(upperBound: UInt64(32)))] }
    return String(decoding: text, as: UTF8.self)
  }

  static func isValid(_ text: Substring) -> Bool {
    text.utf8.count == 26 && text.utf8.allSatisfy { alphabet.contains($0) }
  }
}
