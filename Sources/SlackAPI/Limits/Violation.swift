/// One rule of Slack's that a message or view breaks.
public struct Violation: Sendable, Equatable, CustomStringConvertible {
  public enum Rule: Sendable, Equatable {
    case tooLong(limit: Int, actual: Int)
    case tooMany(limit: Int, actual: Int)
    case empty
    case duplicate
    case missing
    /// Not one of the values that Slack takes here.
    case notAllowed
  }

  /// A JSON pointer to the value: "/blocks/2/text".
  public var pointer: String
  public var rule: Rule

  public init(_ pointer: String, _ rule: Rule) {
    self.pointer = pointer
    self.rule = rule
  }

  /// Holds no text of the message.
  public var description: String { "\(pointer): \(rule)" }
}

/// Collects what is wrong, in the order of the blocks.
struct LimitCheck {
  private(set) var violations: [Violation] = []

  mutating func report(_ pointer: String, _ rule: Violation.Rule) { violations.append(Violation(pointer, rule)) }

  /// A text that must say something and stay within its limit.
  mutating func text(_ wire: String, limit: Int, at pointer: String) {
    if wire.isEmpty { report(pointer, .empty) }
    length(wire, limit: limit, at: pointer)
  }

  mutating func text(_ text: PlainText?, limit: Int, at pointer: String) {
    if let text { self.text(text.wire, limit: limit, at: pointer) }
  }

  mutating func length(_ wire: String?, limit: Int, at pointer: String) {
    let actual = SlackText.length(wire ?? "")
    if actual > limit { report(pointer, .tooLong(limit: limit, actual: actual)) }
  }

  mutating func count(_ actual: Int, limit: Int, at pointer: String) {
    if actual == 0 { report(pointer, .empty) }
    if actual > limit { report(pointer, .tooMany(limit: limit, actual: actual)) }
  }

  /// Reports the place of every value that came before.
  mutating func unique(_ values: [(pointer: String, value: String)]) {
    var seen: Set<String> = []
    for entry in values where !seen.insert(entry.value).inserted { report(entry.pointer, .duplicate) }
  }
}
