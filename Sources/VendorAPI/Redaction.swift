/// Takes secrets and e-mail addresses out of a text that is about to become an error or a log line. Looks at each word
/// once; when in doubt it takes out too much.
public enum Redaction {
  public static let secretMark = "[redacted]"
  public static let addressMark = "[e-mail]"

  /// Beginnings after which the rest of a word is secret. Slack's tokens (`xoxb-`, `xoxp-`, `xoxe.xoxp-` …) are found
  /// by their pattern; `hooks.slack.com/` is the host of response addresses, which are keys themselves.
  private static let secretBeginnings = [
    "xapp-", "whsec_", "hooks.slack.com/", "pat-na", "pat-eu", "sk-", "sk_", "pcsk_",
  ]
  /// Words after which the next word is a credential (RFC 9110 §11.4).
  private static let schemes: Set<String> = ["bearer", "basic"]

  public static func redact(_ text: String) -> String {
    var result = ""
    var word = Substring()
    var nextIsSecret = false
    func close() {
      guard !word.isEmpty else { return }
      result += nextIsSecret ? secretMark : redact(word: word)
      nextIsSecret = schemes.contains(lastPart(word))
      word = Substring()
    }
    for character in text {
      if isSeparator(character) {
        close()
        result.append(character)
      } else {
        word.append(character)
      }
    }
    close()
    return result
  }

  private static func redact(word: Substring) -> String {
    let folded = word.lowercased()
    if let start = secretStart(in: folded) { return folded.utf8Prefix(of: word, start) + secretMark }
    return isAddress(folded) ? addressMark : String(word)
  }

  /// Where a secret begins in a word, as a count of UTF-8 bytes.
  private static func secretStart(in word: String) -> Int? {
    let bytes = Array(word.utf8)
    return bytes.indices.first { index in
      let rest = bytes[index...]
      if beginsLikeSlackToken(rest) { return true }
      return isWordStart(bytes, index) && secretBeginnings.contains { rest.starts(with: $0.utf8) }
    }
  }

  /// `xox`, a letter, then `-` or `.`.
  private static func beginsLikeSlackToken(_ bytes: ArraySlice<UInt8>) -> Bool {
    let head = Array(bytes.prefix(5))
    return head.count == 5 && head.starts(with: "xox".utf8) && isLetter(head[3]) && "-.".utf8.contains(head[4])
  }

  /// "risk-free" holds no key: a beginning counts only where no letter or digit stands before it.
  private static func isWordStart(_ bytes: [UInt8], _ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = bytes[index - 1]
    return !isLetter(before) && !(0x30...0x39).contains(before)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

  /// Something before an at sign, or a host after it. `%40` is the sign in an encoded query.
  private static func isAddress(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard let sign = bytes.indices.first(where: { bytes[$0] == 0x40 || bytes[$0...].starts(with: "%40".utf8) }) else {
      return false
    }
    return sign > 0 || bytes[sign...].contains(UInt8(ascii: "."))
  }

  /// "Authorization:Bearer" and "auth=Bearer" announce a credential as "Bearer" does.
  private static func lastPart(_ word: Substring) -> String {
    word.split { ":=".contains($0) }.last?.lowercased() ?? ""
  }

  private static func isSeparator(_ character: Character) -> Bool {
    character.isWhitespace || "\"'`<>()[]{},;|".contains(character)
  }
}

extension String {
  /// The part of `original` before byte `count` of this folded copy; nothing if folding changed lengths.
  fileprivate func utf8Prefix(of original: Substring, _ count: Int) -> String {
    utf8.count == original.utf8.count ? String(decoding: original.utf8.prefix(count), as: UTF8.self) : ""
  }
}
