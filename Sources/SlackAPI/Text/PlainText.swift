/// Text for a `plain_text` object: nothing in it formats, mentions or becomes an emoji. Clients may still turn a web
/// address in it into a link, so strangers' addresses go into `Mrkdwn`, where they sit in a code span.
///
/// **Escaping.** Sources disagree on whether Slack decodes `&lt;` in plain_text. Slack hands back `&amp;` for a raw
/// `&` that was sent in a plain_text button (bolt-python issue 513), so it does store the escaped form there as it
/// does for mrkdwn. Escaping here too gives no token on any reading; if Slack did not decode, people would see
/// `&amp;`, which is ugly and harmless. `wire` is the only place to change that.
public struct PlainText: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// Cleaned, not escaped: what a person reads.
  public let content: String

  /// One line of text, ours or a stranger's.
  public init(_ text: String) { content = SlackText.singleLine(text) }

  /// Several lines, at most `limit`.
  public init(lines text: String, limit: Int = 20) {
    content = SlackText.lines(text, limit: limit).joined(separator: "\n")
  }

  public init(stringLiteral value: String) { self.init(value) }

  private init(cleaned: String) { content = cleaned }

  public var isEmpty: Bool { content.isEmpty }

  /// As sent.
  public var wire: String { SlackText.escaped(content) }

  /// At most `limit` units once escaped, cut between graphemes and marked by "…".
  public func clipped(to limit: Int) -> PlainText {
    guard SlackText.length(wire) > limit else { return self }
    let kept = SlackText.beginning(of: content, limit: limit - 1, wire: SlackText.escaped)
    return PlainText(cleaned: kept + "…")
  }
}

extension PlainText: WireValue {
  public var json: SlackJSON { ["type": "plain_text", "text": .string(wire), "emoji": false] }
}
