import Foundation

extension SlackJSON: Encodable {
  struct MemberName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .array(let items):
      var container = encoder.unkeyedContainer()
      for item in items { try container.encode(item) }
    case .object(let members):
      var container = encoder.container(keyedBy: MemberName.self)
      for (key, value) in members { try container.encode(value, forKey: MemberName(stringValue: key)) }
    default: try encodeScalar(to: encoder)
    }
  }

  private func encodeScalar(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .bool(let value): try container.encode(value)
    case .int(let value): try container.encode(value)
    case .double(let value): try container.encode(value)
    case .string(let text): try container.encode(text)
    default: try container.encodeNil()
    }
  }
}

extension SlackJSON {
  /// Compact UTF-8 JSON with sorted keys: the same value always gives the same bytes.
  public var data: Data { Data(serialized.utf8) }

  /// The same as text, for form fields that carry JSON.
  public var serialized: String {
    var output = ""
    write(into: &output)
    return output
  }

  private func write(into output: inout String) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .int(let value): output += String(value)
    // JSON has no word for infinities; nothing here computes one, and null is what Slack ignores.
    case .double(let value): output += value.isFinite ? String(value) : "null"
    case .string(let text): Self.write(text, into: &output)
    case .array(let items): Self.write(items, into: &output)
    case .object(let members): Self.write(members, into: &output)
    }
  }

  private static func write(_ items: [SlackJSON], into output: inout String) {
    output += "["
    for (index, item) in items.enumerated() {
      if index > 0 { output += "," }
      item.write(into: &output)
    }
    output += "]"
  }

  private static func write(_ members: [String: SlackJSON], into output: inout String) {
    output += "{"
    for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { output += "," }
      write(member.key, into: &output)
      output += ":"
      member.value.write(into: &output)
    }
    output += "}"
  }

  /// RFC 8259 §7: quote, backslash and the control characters below U+0020 must be escaped, nothing else has to be.
  private static func write(_ text: String, into output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
