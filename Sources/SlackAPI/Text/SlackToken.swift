/// A piece of text as Slack reads it: what stands between `<` and `>` is a token, everything else is text.
public enum SlackToken: Sendable, Equatable {
  /// Unescaped.
  case text(String)
  /// `<@U1>`, `<@U1|name>`.
  case user(id: String, name: String?)
  /// `<#C1>`, `<#C1|name>`.
  case channel(id: String, name: String?)
  /// `<!subteam^S1>`, `<!subteam^S1|@group>`.
  case userGroup(id: String, name: String?)
  /// `<!here>`, `<!channel>`, `<!everyone>`, `<!date^…|fallback>`: the word or form after the mark.
  case special(String, fallback: String?)
  /// `<https://…|label>`, `<mailto:a@b|a@b>`.
  case link(url: String, label: String?)

  /// Reads text that came from Slack. A `<` that nothing closes is text.
  public static func parse(_ wire: String) -> [SlackToken] {
    var tokens: [SlackToken] = []
    // By scalar, as Slack reads: "<" with a combining mark is one grapheme that is no "<".
    var rest = wire.unicodeScalars[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      if open > rest.startIndex { tokens.append(.text(SlackText.unescaped(String(rest[..<open])))) }
      tokens.append(token(Substring(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { tokens.append(.text(SlackText.unescaped(String(rest)))) }
    return tokens
  }

  private static func token(_ inside: Substring) -> SlackToken {
    let parts = inside.unicodeScalars.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let target = String(parts[0])
    let label = parts.count > 1 ? SlackText.unescaped(String(parts[1])) : nil
    if target.hasPrefix("@") { return .user(id: String(target.dropFirst()), name: label) }
    if target.hasPrefix("#") { return .channel(id: String(target.dropFirst()), name: label) }
    if target.hasPrefix("!subteam^") { return .userGroup(id: String(target.dropFirst(9)), name: label) }
    if target.hasPrefix("!") { return .special(String(target.dropFirst()), fallback: label) }
    return .link(url: SlackText.unescaped(target), label: label)
  }

  /// The text that a person typed or sees: a link shows its address, a reference its name.
  public static func plainText(_ wire: String) -> String {
    parse(wire).map(\.shown).joined()
  }

  private var shown: String {
    switch self {
    case .text(let text): text
    case .user(let id, let name): "@" + (name ?? id)
    case .channel(let id, let name): "#" + (name ?? id)
    case .userGroup(let id, let name): name ?? "@" + id
    case .special(let word, let fallback): fallback ?? "@" + word
    case .link(let url, let label): label ?? url
    }
  }
}
