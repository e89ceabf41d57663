import RevOps

/// Forms that somebody fills to make Baton slow: one piece of text, again and again, in every field.
public enum HostileForms {
  /// Each with the piece that it is made of.
  public static var all: [(piece: String, payload: LeadPayload)] { pieces.map { ($0, form(of: $0)) } }

  /// Bytes of a field: more than any field may hold after it has been cut.
  private static let length = 4_000

  private static func form(of piece: String) -> LeadPayload {
    let long = String(repeating: piece, count: length / max(1, piece.utf8.count))
    return LeadPayload(
      email: "a@b.example", fullName: long, company: long, title: long, phone: long, website: long, country: long,
      state: long, city: long, employees: long, industry: long, message: long, source: long)
  }

  private static let pieces = [
    "a", "1,", "+1 ", "CEO & ", "assistant to the ", "ü ", "a.", "🏴", "ー", "&amp;", "部", "a\u{301}", "( ", "- ", "*",
    "\u{202E}", "ﷺ", "\u{0}", "head of ", "of the ", "1-", "10k+ ", "United States ", "San ", "@", "https://", "ß", "İ",
    "\n", "vice ", "bank ", "und ", "'", "，", "１", "٥", "👩‍👩‍👧‍👦", "\u{FDFA}", "united kingdom of ",
    "manager director ", "ltd ", "(2024", "1 t/m ", "Mỹ ", "ab,", "five hundred ",
  ]
}
