import RevOps

/// A value of a configuration file with its place in it.
struct ConfigNode {
  enum Content {
    /// `isPlain`: written without quotes, so that it may be a number, a truth value or nothing.
    case scalar(String, isPlain: Bool)
    case list([ConfigNode])
    case map([Entry])
  }

  struct Entry {
    /// Always a scalar.
    var key: ConfigNode
    var value: ConfigNode
    var name: String { key.text ?? "" }
  }

  var content: Content
  var line: Int
  var column: Int

  /// The text of a scalar, whatever it may mean.
  var text: String? { if case .scalar(let text, _) = content { text } else { nil } }
  var list: [ConfigNode]? { if case .list(let items) = content { items } else { nil } }
  var entries: [Entry]? { if case .map(let entries) = content { entries } else { nil } }

  /// What a scalar means.
  var scalar: CoreScalar? {
    guard case .scalar(let text, let isPlain) = content else { return nil }
    return isPlain ? CoreScalar(plain: text) : .text(text)
  }

  var isNull: Bool { scalar == .null }

  /// For messages: `the text “abc”`.
  var kind: String {
    switch content {
    case .list: return "a list"
    case .map: return "a map"
    case .scalar(let text, _):
      switch scalar {
      case .null: return "nothing"
      case .flag, .number: return "`\(Self.short(text))`"
      default: return "the text `\(Self.short(text))`"
      }
    }
  }

  static func short(_ text: String) -> String {
    let flat = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return flat.count > 60 ? String(flat.prefix(59)) + "…" : flat
  }
}

/// A plain scalar by the core schema of YAML 1.2.2, section 10.3: `NO` is a text, `off` is a text, `012` is twelve.
enum CoreScalar: Equatable {
  case null
  case flag(Bool)
  /// As written; `0x1F` and `0o17` as decimals.
  case number(String)
  case text(String)

  init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .flag(true)
    case "false", "False", "FALSE": self = .flag(false)
    default: self = Self.number(text).map { .number($0) } ?? .text(text)
    }
  }

  private static func number(_ text: String) -> String? {
    if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16).map(String.init) }
    if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8).map(String.init) }
    return ExactDecimal(text) == nil ? nil : text
  }
}
