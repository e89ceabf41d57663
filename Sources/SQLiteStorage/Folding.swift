import RevOps

/// How names are compared in searches: the one folding of the business.
enum Folding {
  static func fold(_ text: String) -> String { text.lowercased() }
}
