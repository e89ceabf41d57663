import Foundation

/// The fields of an `application/x-www-form-urlencoded` body.
///
/// Real bodies also hold raw slashes, colons and spaces, and may begin with an empty pair.
public struct FormBody: Sendable, Equatable {
  private var fields: [String: String] = [:]

  /// Decodes the bytes as received: `+` is a space, `%XX` a byte of UTF-8. Of a repeated name the first value counts.
  public init(_ body: some Sequence<UInt8>) throws(SlackPayloadError) {
    for pair in Array(body).split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Self.decoded(parts[0])
      let value = parts.count > 1 ? try Self.decoded(parts[1]) : ""
      if fields[name] == nil { fields[name] = value }
    }
  }

  public subscript(name: String) -> String? { fields[name] }

  /// Slack's certificate probe. It comes unsigned, so nothing else in such a body may be looked at.
  public var isSSLCheck: Bool { fields["ssl_check"] == "1" }

  private static func decoded(_ bytes: ArraySlice<UInt8>) throws(SlackPayloadError) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "+"): output.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        output.append(try byte(bytes[index...].dropFirst().prefix(2)))
        index += 2
      case let byte: output.append(byte)
      }
      index += 1
    }
    guard let text = String(validating: output, as: UTF8.self) else { throw .malformedForm }
    return text
  }

  private static func byte(_ digits: ArraySlice<UInt8>) throws(SlackPayloadError) -> UInt8 {
    var value: UInt8 = 0
    guard digits.count == 2 else { throw .malformedForm }
    for digit in digits {
      switch digit {
      case 0x30...0x39: value = value << 4 | (digit - 0x30)
      case 0x41...0x46: value = value << 4 | (digit - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | (digit - 0x61 + 10)
      default: throw .malformedForm
      }
    }
    return value
  }
}
