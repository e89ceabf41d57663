import RevOps

/// Forms that somebody fills to make Baton slow: one piece of text, again and again, in every field, as much as is let in.
public enum HostileForms {
  /// Each with the piece that it is made of.
  public static var all: [(piece: String, form: JSONValue)] { pieces.map { ($0, form(of: $0)) } }

  /// Bytes of a line; more is refused.
  private static let lineBytes = 2_000
  /// Characters of a message; what comes after them is cut off.
  private static let messageCharacters = 10_000

  private static let lines = [
    "full_name", "company", "title", "phone", "website", "country", "state", "city", "employees", "industry", "source",
    "product", "language", "utm_campaign",
  ]

  private static func form(of piece: String) -> JSONValue {
    var form: JSONObject = ["email": .string("a@b.example")]
    let line = String(repeating: piece, count: lineBytes / max(1, piece.utf8.count))
    for name in lines { form[name] = .string(line) }
    form["message"] = .string(String(repeating: piece, count: messageCharacters / max(1, piece.count)))
    return .object(form)
  }

  private static let pieces = [
    "a", "1,", "+1 ", "CEO & ", "assistant to the ", "ü ", "a.", "🏴", "ー", "&amp;", "部", "a\u{301}", "( ", "- ", "*",
    "\u{202E}", "ﷺ", "\u{0}", "head of ", "of the ", "1-", "10k+ ", "United States ", "San ", "@", "https://", "ß", "İ",
    "\n", "vice ", "bank ", "und ", "'", "，", "１", "٥", "👩‍👩‍👧‍👦", "\u{FDFA}", "united kingdom of ",
    "manager director ", "ltd ", "(2024", "1 t/m ", "Mỹ ", "ab,", "five hundred ",
  ]
}
