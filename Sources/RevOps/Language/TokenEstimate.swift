/// About how many tokens a text is, without any model's own table: four bytes of ASCII are one, and every character
/// beyond ASCII is one of its own. Rather too many than too few for the tables in use.
public enum TokenEstimate {
  public static func of(_ text: String) -> Int {
    var plain = 0
    var others = 0
    for scalar in text.unicodeScalars {
      if scalar.isASCII { plain += 1 } else { others += 1 }
    }
    return (plain + 3) / 4 + others
  }

  /// The beginning of a text that comes to no more than so many tokens, cut between words where there is one.
  public static func cut(_ text: String, to limit: Int) -> String {
    guard of(text) > limit else { return text }
    var quarters = 0
    var end = text.startIndex
    var lastBlank: String.Index?
    for index in text.indices {
      let character = text[index]
      for scalar in character.unicodeScalars { quarters += scalar.isASCII ? 1 : 4 }
      if quarters > (limit - 1) * 4 { break }
      if character.isWhitespace { lastBlank = index }
      end = text.index(after: index)
    }
    let tooShort = lastBlank.map { text.distance(from: text.startIndex, to: $0) * 2 < limit } ?? true
    return String(text[..<(tooShort ? end : lastBlank ?? end)]) + "…"
  }
}
