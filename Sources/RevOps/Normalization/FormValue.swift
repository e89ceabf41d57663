/// A form's value before it is interpreted.
enum FormValue {
  /// The text with HTML entities undone and blanks trimmed; nil when it says nothing: empty, without a letter or digit,
  /// or one of the usual ways to leave a field out (`n/a`, `please select…`, `unknown`).
  static func meaning(_ text: String?) -> String? {
    guard let text else { return nil }
    let decoded = CleanText.line(HTMLEntities.decode(text))
    // None of the ways to say nothing is long.
    if decoded.utf8.count > 200 { return decoded }
    let key = TextFolding.key(PlaceName.spellingOutFlags(decoded))
    return key.isEmpty || WordList.nothing.contains(key) || isFiller(key) ? nil : decoded
  }

  /// The text that a name or a title is shown with: like `meaning`, but only blanks say nothing.
  static func shown(_ text: String?) -> String? {
    guard let text else { return nil }
    let decoded = CleanText.line(HTMLEntities.decode(text))
    return decoded.isEmpty ? nil : decoded
  }

  private static let prompts = [
    "please select", "please choose", "select ", "choose ", "seleccione ", "selecione ", "bitte wahlen", "veuillez ",
    "seleziona ", "pick ",
  ]

  private static func isFiller(_ key: String) -> Bool {
    key.utf8.count > 1 && key.allSatisfy { $0 == "x" } || prompts.contains { key.hasPrefix($0) }
  }
}
