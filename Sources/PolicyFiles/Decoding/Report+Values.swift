import RevOps

/// Values of one type. Each answers nil, and has reported it, when the node holds something else.
extension Report {
  /// A text; a number or truth value counts as what is written.
  func text(_ node: ConfigNode, _ key: String) -> String? {
    guard let text = node.text, !node.isNull else { return wrong(node, key, "a text") }
    guard text.contains(where: { !$0.isWhitespace }) else {
      error(node, "`\(key)` is blank")
      return nil
    }
    return text
  }

  func flag(_ node: ConfigNode, _ key: String) -> Bool? {
    if case .flag(let value) = node.scalar { return value }
    let advice = node.text.flatMap { ["yes": "true", "on": "true", "no": "false", "off": "false"][$0.lowercased()] }
    return wrong(node, key, "true or false", advice.map { "write `\($0)`" })
  }

  func number(_ node: ConfigNode, _ key: String) -> ExactDecimal? {
    if case .number(let text) = node.scalar, let number = ExactDecimal(text) { return number }
    let advice = node.text.flatMap(Self.plainNumber).map { "write \($0)" }
    return wrong(node, key, "a number", advice)
  }

  /// A number between 0 and 1.
  func unit(_ node: ConfigNode, _ key: String) -> ExactDecimal? {
    guard let number = number(node, key) else { return nil }
    guard ExactDecimal.unit.contains(number) else {
      error(node, "`\(key)` must lie between 0 and 1, and \(number) does not")
      return nil
    }
    return number
  }

  func whole(_ node: ConfigNode, _ key: String, in range: ClosedRange<Int>) -> Int? {
    if case .number(let text) = node.scalar, let number = Int(text) {
      guard range.contains(number) else {
        error(node, "`\(key)` must lie between \(range.lowerBound) and \(range.upperBound), and \(number) does not")
        return nil
      }
      return number
    }
    return wrong(node, key, "a whole number", node.text.flatMap(Self.plainNumber).map { "write \($0)" })
  }

  func list(_ node: ConfigNode, _ key: String) -> [ConfigNode]? {
    node.list ?? wrong(node, key, "a list", node.text.map { "write `[\(ConfigNode.short($0))]`" })
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ node: ConfigNode, _ key: String) -> Choice?
  where Choice.RawValue == String {
    let names = Choice.allCases.map(\.rawValue)
    guard let text = text(node, key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    error(
      node, "`\(key)` cannot be `\(ConfigNode.short(text))`", suggestion: Suggestion.among(names, for: text))
    return nil
  }

  /// An e-mail address in the form that identifies a rep: folded.
  func email(_ node: ConfigNode, _ key: String) -> String? {
    guard let text = text(node, key) else { return nil }
    guard EmailShape.accepts(text) else {
      error(node, "`\(key)` must be an e-mail address, and `\(ConfigNode.short(text))` is none")
      return nil
    }
    return text.lowercased()
  }

  private func wrong<Value>(_ node: ConfigNode, _ key: String, _ wanted: String, _ advice: String? = nil) -> Value? {
    error(node, "`\(key)` must be \(wanted), not \(node.kind)", suggestion: advice)
    return nil
  }

  /// The number in `"0.3"`, `0,3`, `30%`.
  private static func plainNumber(_ text: String) -> String? {
    if text.hasSuffix("%"), let percent = ExactDecimal(String(text.dropLast())) {
      return (percent * (ExactDecimal("0.01") ?? ExactDecimal(0))).description
    }
    let plain = text.replacing(",", with: ".")
    return ExactDecimal(plain).map { _ in plain }
  }
}

/// What an address in a configuration must look like: enough to catch a name or a Slack handle in its place.
enum EmailShape {
  static func accepts(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254 else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    let isClean = !text.contains { $0.isWhitespace || "<>(),;:\"[]".contains($0) }
    return isClean && labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
  }
}
