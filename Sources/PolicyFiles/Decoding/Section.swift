import RevOps

/// A map of the configuration whose keys are known. Unknown ones are reported as soon as it is opened.
struct Section {
  let node: ConfigNode
  let report: Report
  /// What the map describes, for messages: `a team`.
  let title: String
  private let values: [String: ConfigNode]

  /// Nil, and reported, when the node is no map.
  /// - Parameter hints: names that people use for a key, and the key they mean.
  init?(_ node: ConfigNode, _ title: String, keys: [String], hints: [String: String] = [:], _ report: Report) {
    guard let entries = node.entries else {
      report.error(node, "\(title) must be a map, not \(node.kind)", suggestion: "its keys are " + Self.list(keys))
      return nil
    }
    self.node = node
    self.report = report
    self.title = title
    values = Dictionary(entries.map { ($0.name, $0.value) }) { first, _ in first }
    for entry in entries where !keys.contains(entry.name) {
      let advice = hints[entry.name].map { "did you mean `\($0)`?" }
      report.error(
        entry.key, "unknown key `\(ConfigNode.short(entry.name))` in \(title)",
        suggestion: advice ?? Suggestion.nearest(to: entry.name, in: keys) ?? "its keys are " + Self.list(keys))
    }
  }

  /// The value; nil when it is left out or written as nothing.
  subscript(key: String) -> ConfigNode? {
    guard let value = values[key], !value.isNull else { return nil }
    return value
  }

  /// Whether the key is there, even with nothing as its value.
  func has(_ key: String) -> Bool { values[key] != nil }

  /// Reports a key that must be there and is not.
  func required(_ key: String, suggestion: String? = nil) -> ConfigNode? {
    if let value = self[key] { return value }
    report.error(values[key] ?? node, "`\(key)` is missing in \(title)", suggestion: suggestion)
    return nil
  }

  func text(_ key: String) -> String? { self[key].flatMap { report.text($0, key) } }
  func flag(_ key: String) -> Bool? { self[key].flatMap { report.flag($0, key) } }
  func number(_ key: String) -> ExactDecimal? { self[key].flatMap { report.number($0, key) } }
  func list(_ key: String) -> [ConfigNode]? { self[key].flatMap { report.list($0, key) } }

  func whole(_ key: String, in range: ClosedRange<Int>) -> Int? {
    self[key].flatMap { report.whole($0, key, in: range) }
  }

  func unit(_ key: String) -> ExactDecimal? { self[key].flatMap { report.unit($0, key) } }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type = Choice.self) -> Choice?
  where Choice.RawValue == String {
    self[key].flatMap { report.choice($0, key) }
  }

  private static func list(_ keys: [String]) -> String { keys.joined(separator: ", ") }
}
