extension Mrkdwn {
  public static func bold(_ text: Mrkdwn) -> Mrkdwn { wrapped(text, "*") }
  public static func italic(_ text: Mrkdwn) -> Mrkdwn { wrapped(text, "_") }
  public static func struck(_ text: Mrkdwn) -> Mrkdwn { wrapped(text, "~") }

  private static func wrapped(_ text: Mrkdwn, _ mark: String) -> Mrkdwn {
    text.isEmpty ? Mrkdwn() : Mrkdwn(pieces: [.span(mark, text.pieces, mark)])
  }

  /// A value that people copy: shown exactly, never linked (a phone number, an address). A backtick becomes an
  /// apostrophe.
  public static func code(_ text: String) -> Mrkdwn {
    let clean = Neutralizer.withoutBackticks(SlackText.singleLine(text))
    // A literal escapes and keeps every other character, and the span around it keeps Slack from reading them.
    return clean.isEmpty ? Mrkdwn() : Mrkdwn(pieces: [.span("`", [.literal(clean)], "`")])
  }

  /// One below the other; what is empty takes no line.
  public static func lines(_ lines: [Mrkdwn]) -> Mrkdwn { joined(lines, separator: "\n") }

  /// Side by side; what is empty takes no separator.
  public static func joined(_ parts: [Mrkdwn], separator: StaticString) -> Mrkdwn {
    var pieces: [Piece] = []
    for part in parts where !part.isEmpty {
      if !pieces.isEmpty { pieces.append(.literal("\(separator)")) }
      pieces += part.pieces
    }
    return Mrkdwn(pieces: pieces)
  }

  /// Somebody's own words as a quotation of at most `limit` lines, each inert.
  public static func quote(_ text: String, limit: Int = 20) -> Mrkdwn {
    // An empty line stays inside the quotation, so that nothing after it looks like ours.
    lines(SlackText.lines(text, limit: limit).map { Mrkdwn(pieces: [.literal("> ")]) + Mrkdwn($0) })
  }
}
