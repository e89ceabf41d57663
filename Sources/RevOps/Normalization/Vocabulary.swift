import CVocabulary

/// The tables under `Data`, compiled into the program. A line is tab-separated columns; a line that begins with `#`
/// says where the facts are from; the first other line names the columns.
enum Vocabulary {
  /// The columns of each row of a table.
  static func rows(_ table: VocabularyText) -> [[Substring]] {
    text(table).split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
  }

  /// The names in one cell.
  static func names(_ cell: Substring) -> [Substring] { cell.split(separator: "|") }

  private static func text(_ table: VocabularyText) -> String {
    String(decoding: UnsafeBufferPointer(start: table.bytes, count: table.count), as: UTF8.self)
  }
}
