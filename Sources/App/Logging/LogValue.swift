import Foundation

/// Makes any text fit for one line of a log: bounded, without control characters, and without what looks like an
/// address of a person or a secret, whatever the caller overlooked.
enum LogValue {
  /// Bytes of one value.
  static let longest = 1_024

  static func clean(_ text: String) -> String { bounded(redacted(text)) }

  /// JSON string content. Control characters, and the two separators that some readers take for line ends, are escaped.
  static func json(_ text: String) -> String {
    var output = "\""
    for scalar in clean(text).unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case _ where isBreaking(scalar): output += escape(scalar)
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }

  /// The same for people, without quotes.
  static func plain(_ text: String) -> String {
    var output = ""
    for scalar in clean(text).unicodeScalars {
      if isBreaking(scalar) { output += escape(scalar) } else { output.unicodeScalars.append(scalar) }
    }
    return output
  }

  private static func isBreaking(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f, 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
  }

  /// Never ends inside a character.
  private static func bounded(_ text: String) -> String {
    guard text.utf8.count > longest else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: longest - 3)
    while text.unicodeScalars.index(end, offsetBy: 0) != end || end.samePosition(in: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    return text[..<end] + "…"
  }

  /// Words are judged one by one, in linear time: a word with an at sign between two others is an address, one that
  /// begins as issued secrets do is a secret.
  private static func redacted(_ text: String) -> String {
    let telling = "@_-=".utf8
    guard text.utf8.contains(where: telling.contains) || text.contains("earer ") || text.contains("slack.com/") else {
      return text
    }
    var output = ""
    var word = ""
    var afterBearer = false
    for character in text {
      if isPartOfWord(character) {
        word.append(character)
        continue
      }
      output += replacement(of: word, afterBearer: afterBearer)
      if !word.isEmpty { afterBearer = word.lowercased() == "bearer" }
      word = ""
      output.append(character)
    }
    return output + replacement(of: word, afterBearer: afterBearer)
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "@._+-%/:=~!#$&'*?^`{|}".contains(character)
  }

  /// Prefixes of the secrets that Baton handles (Slack, Standard Webhooks, HubSpot, OpenAI, Pinecone).
  private static let secretPrefixes = [
    "xoxb-", "xoxp-", "xapp-", "xoxe", "whsec_", "pat-", "sk-", "pcsk_", "v0=",
  ]

  private static func replacement(of word: String, afterBearer: Bool) -> String {
    if word.isEmpty { return word }
    if afterBearer || word.contains("hooks.slack.com/") { return "[secret]" }
    if secretPrefixes.contains(where: { prefix in word.contains(prefix) && word.utf8.count >= prefix.utf8.count + 6 }) {
      return "[secret]"
    }
    guard let at = word.lastIndex(of: "@"), at > word.startIndex, word.index(after: at) < word.endIndex else {
      return word
    }
    return "[email]"
  }
}
