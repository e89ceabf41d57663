/// Slack's text object.
public enum TextObject: Sendable, Equatable {
  case plain(PlainText)
  case mrkdwn(Mrkdwn)

  public var wire: String {
    switch self {
    case .plain(let text): text.wire
    case .mrkdwn(let text): text.wire
    }
  }

  public func clipped(to limit: Int) -> TextObject {
    switch self {
    case .plain(let text): .plain(text.clipped(to: limit))
    case .mrkdwn(let text): .mrkdwn(text.clipped(to: limit))
    }
  }
}

extension TextObject: WireValue {
  /// `verbatim` keeps Slack from linking addresses, channel names and mentions that nobody marked up.
  public var json: SlackJSON {
    switch self {
    case .plain(let text): text.json
    case .mrkdwn(let text): ["type": "mrkdwn", "text": .string(text.wire), "verbatim": true]
    }
  }
}
