/// A name that Slack treats as opaque text. Wrapping it keeps an action from being looked up as a block.
public protocol SlackIdentifier: RawRepresentable, Hashable, Codable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
where RawValue == String {
  init(rawValue: String)
}

extension SlackIdentifier {
  public init(_ text: String) { self.init(rawValue: text) }
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  public var description: String { rawValue }
  var json: SlackJSON { .string(rawValue) }
}

/// Names an element inside its block.
public struct ActionID: SlackIdentifier {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// Names a block inside its message or view.
public struct BlockID: SlackIdentifier {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// Names a view or shortcut.
public struct CallbackID: SlackIdentifier {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A message's name inside its channel. It looks like a number and is none: a `Double` would lose digits.
public struct MessageTS: SlackIdentifier {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}
