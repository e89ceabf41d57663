import Foundation

/// A decimal number as it was written, so that 0.1 + 0.2 is 0.3. Coded as its text.
public struct ExactDecimal: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
  public let value: Decimal
  /// The same as a machine integer where it was written as one: bounds of headcounts are compared thousands of times a
  /// lead, and comparing `Decimal`s takes fifty times as long.
  private let whole: Int?

  public init(_ value: Decimal) {
    self.value = value
    whole = nil
  }

  /// Reads `0.3`, `-1`, `+2.50`, `1e-3`; nil for anything else.
  public init?(_ text: String) {
    guard Self.isNumber(text), let value = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")),
      value.isFinite
    else { return nil }
    self.value = value
    whole = Int(text)
  }

  public init(_ value: Int) {
    self.value = Decimal(value)
    whole = value
  }

  public var description: String { value.description }
  public var double: Double { NSDecimalNumber(decimal: value).doubleValue }

  public static func == (left: Self, right: Self) -> Bool { left.value == right.value }
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }

  public static func < (left: Self, right: Self) -> Bool {
    if let left = left.whole, let right = right.whole { return left < right }
    return left.value < right.value
  }

  public static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
  public static func - (left: Self, right: Self) -> Self { Self(left.value - right.value) }
  public static func * (left: Self, right: Self) -> Self { Self(left.value * right.value) }

  public func clamped(to range: ClosedRange<ExactDecimal>) -> ExactDecimal {
    min(max(self, range.lowerBound), range.upperBound)
  }

  /// 0…1, where every score and weight lies.
  public static let unit = ExactDecimal(0)...ExactDecimal(1)

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let number = ExactDecimal(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a decimal number")
    }
    self = number
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Sign, digits with at most one point, exponent. `Decimal` itself takes any number that a text begins with.
  private static func isNumber(_ text: String) -> Bool {
    guard text.utf8.count <= 40 else { return false }
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let mantissa = rest.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
    let parts = mantissa.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }), parts.allSatisfy(isDigits) else { return false }
    guard mantissa.endIndex < rest.endIndex else { return true }
    var exponent = rest[mantissa.endIndex...].dropFirst()
    if exponent.first == UInt8(ascii: "-") || exponent.first == UInt8(ascii: "+") { exponent = exponent.dropFirst() }
    return !exponent.isEmpty && exponent.count <= 2 && isDigits(exponent)
  }

  private static func isDigits(_ bytes: Substring.UTF8View.SubSequence) -> Bool {
    bytes.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
