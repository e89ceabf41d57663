extension JSONValue {
  /// The document as text: no blanks, keys in their order, numbers as they were written.
  public var jsonText: String {
    var writer = JSONWriter(canonical: false)
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The same bytes for the same content: keys sorted by their UTF-8, numbers by value (`1`, `1.0` and `10e-1` are
  /// one). What content hashes are made of.
  public func canonical() -> [UInt8] {
    var writer = JSONWriter(canonical: true)
    writer.write(self)
    return writer.bytes
  }
}

struct JSONWriter {
  let canonical: Bool
  var bytes: [UInt8] = []

  init(canonical: Bool) { self.canonical = canonical }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .number(let text): append(canonical ? CanonicalNumber.text(text) : text)
    case .string(let text): write(string: text)
    case .array(let items): write(array: items)
    case .object(let object): write(object: object)
    }
  }

  private mutating func write(array items: [JSONValue]) {
    append("[")
    for (index, item) in items.enumerated() {
      if index > 0 { append(",") }
      write(item)
    }
    append("]")
  }

  private mutating func write(object: JSONObject) {
    var members = object.members
    if canonical { members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
    append("{")
    for (index, member) in members.enumerated() {
      if index > 0 { append(",") }
      write(string: member.key)
      append(":")
      write(member.value)
    }
    append("}")
  }

  private mutating func write(string text: String) {
    append("\"")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0a: append("\\n")
      case 0x0d: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    append("\"")
  }

  private mutating func append(_ text: String) { bytes += Array(text.utf8) }
}

/// A number by its value: significant digits and a power of ten. Exact, so that no two different numbers meet.
enum CanonicalNumber {
  static func text(_ number: String) -> String {
    let negative = number.hasPrefix("-")
    let parts = (negative ? number.dropFirst() : number[...]).split(omittingEmptySubsequences: false) {
      "eE".contains($0)
    }
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    // An exponent beyond Int is left as it was written: two spellings of such a number stay two.
    guard let written = parts.count > 1 ? Int(parts[1]) : 0, abs(written) < Int.max / 2 else { return number }
    var digits = (mantissa[0] + fraction).drop { $0 == "0" }
    var exponent = written - fraction.count
    if digits.isEmpty { return "0" }
    while digits.last == "0" {
      digits.removeLast()
      exponent += 1
    }
    return (negative ? "-" : "") + digits + (exponent == 0 ? "" : "e\(exponent)")
  }
}
