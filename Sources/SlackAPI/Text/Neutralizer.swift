/// Makes a stranger's text inert inside mrkdwn.
///
/// Slack has no escape for its formatting characters. Zero-width characters between them would stop the formatting,
/// and be copied along with an e-mail address into the CRM. So a word that could format, mention, turn into an emoji
/// or be linked is shown in a code span, where Slack does none of that and the text copies exactly as it was typed.
/// The one character that a code span can't hold, the backtick, becomes an apostrophe.
enum Neutralizer {
  /// `text` is one clean line. Neighbouring words that need it share a span.
  static func wire(_ text: String) -> String {
    var output: [String] = []
    var coded: [Substring] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if isActive(word) {
        let end = closing(word)
        coded.append(word[..<end])
        if end < word.endIndex {
          flush(&coded, into: &output)
          output[output.count - 1] += SlackText.escaped(String(word[end...]))
        }
      } else {
        flush(&coded, into: &output)
        output.append(SlackText.escaped(String(word)))
      }
    }
    flush(&coded, into: &output)
    return output.joined(separator: " ")
  }

  static func codeSpan(_ text: String) -> String {
    text.isEmpty ? "" : "`" + SlackText.escaped(withoutBackticks(text)) + "`"
  }

  /// By scalar: a backtick with a combining mark is another grapheme, and still a backtick to Slack.
  static func withoutBackticks(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "`" ? "'" : $0 }))
  }

  /// Where the punctuation after a word begins, which belongs to the sentence around it.
  private static func closing(_ word: Substring) -> Substring.Index {
    guard !hasEmojiCode(word) else { return word.endIndex }
    var end = word.endIndex
    while end > word.startIndex, case let before = word.index(before: end), ",;:.!?)”".contains(word[before]) {
      end = before
    }
    return end == word.startIndex ? word.endIndex : end
  }

  private static func flush(_ coded: inout [Substring], into output: inout [String]) {
    guard !coded.isEmpty else { return }
    output.append(codeSpan(coded.joined(separator: " ")))
    coded = []
  }

  /// Whether Slack might do anything with this word but show it. Each test stays true when the word grows: clipping
  /// relies on it.
  private static func isActive(_ word: Substring) -> Bool {
    if let first = word.unicodeScalars.first, first == ">" || first == "#" { return true }
    return word.unicodeScalars.contains { "*_~`@".unicodeScalars.contains($0) }
      || word.utf8.contains("://".utf8) || hasEmojiCode(word) || hasDomain(word)
  }

  /// `:name:`, also as a part of the word.
  private static func hasEmojiCode(_ word: Substring) -> Bool {
    var sinceColon = -1
    for scalar in word.unicodeScalars {
      if scalar == ":" {
        if sinceColon > 0 { return true }
        sinceColon = 0
      } else if sinceColon >= 0 {
        sinceColon = isEmojiName(scalar) ? sinceColon + 1 : -1
      }
    }
    return false
  }

  private static func isEmojiName(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "+-'".unicodeScalars.contains(scalar)
  }

  /// A dot between a letter or digit and two letters, as in "acme.com"; also the dots of other scripts that names
  /// are resolved with (UTS 46).
  private static func hasDomain(_ word: Substring) -> Bool {
    let scalars = Array(word.unicodeScalars)
    guard scalars.count >= 4 else { return false }
    return (1..<scalars.count - 2).contains { index in
      [0x2E, 0x3002, 0xFF0E, 0xFF61].contains(scalars[index].value)
        && (scalars[index - 1].properties.isAlphabetic || scalars[index - 1].properties.numericType != nil)
        && scalars[index + 1].properties.isAlphabetic && scalars[index + 2].properties.isAlphabetic
    }
  }
}
