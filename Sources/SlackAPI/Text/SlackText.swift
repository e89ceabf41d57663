/// The rules that every text follows on its way to Slack: cleaned, escaped exactly once, measured as Slack measures.
///
/// Source: docs.slack.dev, messaging/formatting-message-text.
public enum SlackText {
  /// The three characters that Slack reads as control characters, in the one order that escapes nothing twice.
  public static func escaped(_ text: String) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// What Slack sent, as typed: the three entities undone, once (`&amp;lt;` is the text `&lt;`).
  public static func unescaped(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let next = rest.first {
      let entity = next == "&" ? entities.first { rest.starts(with: $0.name.unicodeScalars) } : nil
      output.append(entity?.character ?? next)
      rest = rest.dropFirst(entity?.name.unicodeScalars.count ?? 1)
    }
    return String(output)
  }

  private static let entities: [(name: String, character: Unicode.Scalar)] = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"),
  ]

  /// Slack does not say what it counts. UTF-16 units are never fewer than scalars or graphemes: within a limit by
  /// this count is within it by any.
  public static func length(_ wire: String) -> Int { wire.utf16.count }

  /// One line: control characters and every kind of line break become a space, runs of spaces become one, what is
  /// invisible or turns the direction of the line is removed. Joiners in words and emoji stay.
  public static func singleLine(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in visible(text) {
      if isBlank(scalar) {
        pendingSpace = !output.isEmpty
      } else {
        if pendingSpace { output.append(" ") }
        pendingSpace = false
        output.append(scalar)
      }
    }
    return String(output)
  }

  /// Clean lines, at most `limit`: no line before the first or after the last that says something, at most one empty
  /// line in a row. What is cut off is marked by "…".
  public static func lines(_ text: String, limit: Int) -> [String] {
    var lines: [String] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let clean = singleLine(String(line))
      if clean.isEmpty, lines.last?.isEmpty ?? true { continue }
      guard lines.count < limit else {
        if !clean.isEmpty, let last = lines.last { lines[lines.count - 1] = last + "…" }
        break
      }
      lines.append(clean)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }

  private static func visible(_ text: String) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    var inFlag = false
    for scalar in text.unicodeScalars {
      let isTag = (0xE0000...0xE007F).contains(scalar.value)
      // A black flag followed by tag characters is one emoji (the flag of Scotland); elsewhere tags hide text.
      if isTag ? inFlag : !isInvisible(scalar) { kept.append(scalar) }
      inFlag = scalar.value == 0x1F3F4 || isTag && inFlag
    }
    return kept
  }

  /// Controls of direction (Unicode's Bidi_Control) and characters without any width that join nothing.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    case 0x00AD, 0x200B, 0x2060...0x2064, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    default: false
    }
  }
}
