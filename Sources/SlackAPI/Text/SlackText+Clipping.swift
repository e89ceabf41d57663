extension SlackText {
  /// The longest beginning of `text`, in whole graphemes, whose `wire` form has at most `limit` units; trailing
  /// spaces are dropped. `wire` must not get shorter as its text grows.
  static func beginning(of text: String, limit: Int, wire: (String) -> String) -> String {
    // A grapheme has one unit at least, so nothing past `limit` of them can fit: huge texts cost no more than that.
    let characters = Array(text.prefix(max(limit, 0)))
    var fits = 0
    var tooMany = characters.count + 1
    while tooMany - fits > 1 {
      let middle = (fits + tooMany) / 2
      if length(wire(String(characters[..<middle]))) <= limit { fits = middle } else { tooMany = middle }
    }
    while fits > 0, characters[fits - 1].isWhitespace { fits -= 1 }
    return String(characters[..<fits])
  }
}
