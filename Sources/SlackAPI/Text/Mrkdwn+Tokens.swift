import Foundation

extension Mrkdwn {
  /// Mentions a person, and so notifies them. An id that isn't one is shown as text.
  public static func mention(_ userID: String) -> Mrkdwn { reference("<@", userID, prefixes: "UW") }

  /// Mentions a user group.
  public static func userGroup(_ groupID: String) -> Mrkdwn { reference("<!subteam^", groupID, prefixes: "S") }

  /// Links a channel by its id.
  public static func channel(_ channelID: String) -> Mrkdwn { reference("<#", channelID, prefixes: "CGD") }

  private static func reference(_ open: String, _ id: String, prefixes: String) -> Mrkdwn {
    guard isID(id, prefixes: prefixes) else { return Mrkdwn(id) }
    return Mrkdwn(pieces: [.token(open + id + ">")])
  }

  /// Slack's ids are a letter for the kind, then capitals and digits.
  private static func isID(_ id: String, prefixes: String) -> Bool {
    guard let first = id.first, prefixes.contains(first), id.utf8.count > 1 else { return false }
    return id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
  }

  /// A link of ours: only http, https and mailto become one, any other address leaves the label alone. Never for an
  /// address that came from a lead or a model.
  public static func link(_ url: String, _ label: String) -> Mrkdwn {
    let shown = tokenText(label)
    guard isLinkable(url) else { return Mrkdwn(label) }
    let target = SlackText.escaped(percentEncoded(url))
    return Mrkdwn(pieces: [.token(shown.isEmpty ? "<\(target)>" : "<\(target)|\(shown)>")])
  }

  private static func isLinkable(_ url: String) -> Bool {
    ["http://", "https://", "mailto:"].contains { url.lowercased().hasPrefix($0) }
  }

  /// What would end the token or break the line, and everything outside ASCII, as UTF-8 in percent signs.
  private static func percentEncoded(_ url: String) -> String {
    var output = ""
    for byte in url.utf8 {
      let isPlain = (0x21...0x7E).contains(byte) && !"|<>\"`\\".utf8.contains(byte)
      output += isPlain ? String(UnicodeScalar(byte)) : percentEncoded(byte)
    }
    return output
  }

  private static func percentEncoded(_ byte: UInt8) -> String {
    "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16).uppercased()
  }

  /// Text inside a token: what would end it, divide it or format is dropped, since no code span is possible there.
  private static func tokenText(_ text: String) -> String {
    let kept = text.unicodeScalars.filter { !"|<>^*_~`".unicodeScalars.contains($0) }
    return SlackText.escaped(SlackText.singleLine(String(String.UnicodeScalarView(kept))))
  }

  /// How a date is shown in each reader's own zone.
  public struct DateFormat: Sendable, Equatable {
    let pattern: String
    /// "Today at 14:05".
    public static let dateAndTime = DateFormat(pattern: "{date_short_pretty} at {time}")
    /// "Feb 18, 2026", or "today".
    public static let date = DateFormat(pattern: "{date_short_pretty}")
    /// "14:05".
    public static let time = DateFormat(pattern: "{time}")
  }

  /// A moment in the reader's own zone; `fallback` (name its zone) is for clients that can't show it.
  public static func date(_ moment: Date, format: DateFormat = .dateAndTime, fallback: String) -> Mrkdwn {
    let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
    return Mrkdwn(pieces: [.token("<!date^\(seconds)^\(format.pattern)|\(tokenText(fallback))>")])
  }
}
