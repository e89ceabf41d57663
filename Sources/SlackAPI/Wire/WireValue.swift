import Foundation

/// Something that Slack takes: it is exactly its `json`, whoever encodes it.
public protocol WireValue: Encodable, Sendable {
  var json: SlackJSON { get }
}

extension WireValue {
  /// The body to send.
  public var data: Data { json.data }

  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}

extension Array where Element: WireValue {
  var json: SlackJSON { .array(map(\.json)) }
}
