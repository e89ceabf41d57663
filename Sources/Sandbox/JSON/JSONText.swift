import Foundation

extension JSON {
  /// The value as RFC 8259 text, members in order of their names.
  public var encoded: String {
    var out = ""
    write(into: &out)
    return out
  }

  public var data: Data { Data(encoded.utf8) }

  private func write(into out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .int(let value): out += String(value)
    case .double(let value): out += value.isFinite ? "\(value)" : "null"
    case .string(let value): JSON.quote(value, into: &out)
    case .array(let values): JSON.list(values, into: &out)
    case .object(let members): JSON.members(members, into: &out)
    }
  }

  private static func list(_ values: [JSON], into out: inout String) {
    out += "["
    for (index, value) in values.enumerated() {
      if index > 0 { out += "," }
      value.write(into: &out)
    }
    out += "]"
  }

  private static func members(_ members: [String: JSON], into out: inout String) {
    out += "{"
    for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { out += "," }
      quote(member.key, into: &out)
      out += ":"
      member.value.write(into: &out)
    }
    out += "}"
  }

  private static func quote(_ text: String, into out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\u{0}"..<"\u{20}": out += "\\u" + hex(scalar.value)
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
