import Foundation

/// A JSON value as Slack sends and takes it. Reading is lenient: a missing member and one of another type both read
/// as "nothing", since Slack leaves members out, sends null, or changes their type between surfaces.
public enum SlackJSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([SlackJSON])
  case object([String: SlackJSON])

  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var array: [SlackJSON] { if case .array(let items) = self { items } else { [] } }
  public var object: [String: SlackJSON] { if case .object(let members) = self { members } else { [:] } }
  public var isNull: Bool { self == .null }
  public var isObject: Bool { if case .object = self { true } else { false } }

  /// A string that says something: the empty one is how some payloads spell "none".
  public var text: String? { string.flatMap { $0.isEmpty ? nil : $0 } }

  /// Whole numbers, also when they come as text ("1700000000").
  public var int: Int? {
    switch self {
    case .int(let value): value
    case .double(let value): Int(exactly: value)
    case .string(let text): Int(text)
    default: nil
    }
  }

  /// Slash commands spell booleans as the text "true" and "false".
  public var bool: Bool? {
    switch self {
    case .bool(let value): value
    case .string("true"): true
    case .string("false"): false
    default: nil
    }
  }

  public subscript(key: String) -> SlackJSON { object[key] ?? .null }

  /// An object of the members that have a value: Slack refuses `null` where it expects a member to be left out.
  public static func members(_ members: [String: SlackJSON?]) -> SlackJSON {
    .object(members.compactMapValues { $0 })
  }
}

extension SlackJSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .int(value) }
}

extension SlackJSON: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, SlackJSON)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
  }
}
