import Foundation

/// A decimal number as it was written, so that 0.1 + 0.2 is 0.3. Coded as its text.
public struct ExactDecimal: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
  public let value: Decimal

  public init(_ value: Decimal) { self.value = value }

  /// Reads `0.3`, `-1`, `+2.50`, `1e-3`; nil for anything else.
  public init?(_ text: String) {
    let allowed = Set("0123456789+-.eE")
    guard !text.isEmpty, text.utf8.count <= 40, text.allSatisfy({ allowed.contains($0) }),
      text.contains(where: \.isNumber),
      let value = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    else { return nil }
    self.value = value
  }

  public init(_ value: Int) { self.value = Decimal(value) }

  public var description: String { value.description }
  public var double: Double { NSDecimalNumber(decimal: value).doubleValue }

  public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
  public static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
  public static func * (left: Self, right: Self) -> Self { Self(left.value * right.value) }

  public func clamped(to range: ClosedRange<ExactDecimal>) -> ExactDecimal {
    min(max(self, range.lowerBound), range.upperBound)
  }

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
}
