import RevOps

extension ConfigNode {
  /// The same value as JSON.
  var json: JSONValue {
    switch content {
    case .list(let items): return .array(items.map(\.json))
    case .map(let entries):
      var object = JSONObject()
      for entry in entries { object[entry.name] = entry.value.json }
      return .object(object)
    case .scalar(let text, _):
      switch scalar {
      case .null: return .null
      case .flag(let flag): return .bool(flag)
      // JSON knows no sign in front and no leading zeros: such a number stays a text.
      case .number(let number): return Self.isJSONNumber(number) ? .number(number) : .string(text)
      default: return .string(text)
      }
    }
  }

  private static func isJSONNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let hasLeadingZero = digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true
    return digits.first?.isNumber == true && digits.last?.isNumber == true && !hasLeadingZero
  }
}
