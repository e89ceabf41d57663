import Foundation

extension JSON {
  /// Reads JSON text.
  ///
  /// - Returns: nil where it is no JSON, is nested deeper than 64 levels, or has something behind it.
  public static func parse(_ text: String) -> JSON? { parse(Data(text.utf8)) }

  /// Reads JSON in UTF-8.
  public static func parse(_ data: Data) -> JSON? {
    var parser = JSONParser(bytes: [UInt8](data))
    return parser.document()
  }
}

/// RFC 8259, by recursive descent.
private struct JSONParser {
  private static let deepest = 64

  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() -> JSON? {
    guard let value = value(depth: 0) else { return nil }
    skipSpace()
    return position == bytes.count ? value : nil
  }

  private mutating func value(depth: Int) -> JSON? {
    skipSpace()
    guard depth < Self.deepest, position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func word(_ word: String, _ value: JSON) -> JSON? {
    guard bytes[position...].starts(with: word.utf8) else { return nil }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) -> JSON? {
    var members: [String: JSON] = [:]
    guard take("{") else { return nil }
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard let key = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
      members[key] = value
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSON? {
    var elements: [JSON] = []
    guard take("[") else { return nil }
    if take("]") { return .array(elements) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func number() -> JSON? {
    let start = position
    while position < bytes.count, "+-.eE0123456789".utf8.contains(bytes[position]) { position += 1 }
    guard let text = String(validating: bytes[start..<position], as: UTF8.self), !text.isEmpty else { return nil }
    return Int(text).map { .int($0) } ?? Double(text).map { .double($0) }
  }

  private mutating func string() -> String? {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
    position += 1
    var out: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: out, as: UTF8.self)
      case UInt8(ascii: "\\"): guard escape(into: &out) else { return nil }
      case 0..<0x20: return nil
      default: out.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(into out: inout [UInt8]) -> Bool {
    guard position < bytes.count else { return false }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "u"): return unicode(into: &out)
    default: return false
    }
    return true
  }

  private mutating func unicode(into out: inout [UInt8]) -> Bool {
    guard let first = unit() else { return false }
    var units = [first]
    if UTF16.isLeadSurrogate(first) {
      guard bytes[position...].starts(with: "\\u".utf8) else { return false }
      position += 2
      guard let second = unit(), UTF16.isTrailSurrogate(second) else { return false }
      units.append(second)
    } else if UTF16.isTrailSurrogate(first) {
      return false
    }
    out.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    return true
  }

  private mutating func unit() -> UInt16? {
    guard position + 4 <= bytes.count,
      let text = String(validating: bytes[position..<position + 4], as: UTF8.self)
    else { return nil }
    position += 4
    return UInt16(text, radix: 16)
  }
}
