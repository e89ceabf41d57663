/// A configuration file in memory.
public struct SourceFile: Sendable {
  /// As diagnostics name it.
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    // Swift takes CR LF for one character, which is not equal to a line feed.
    let plain = text.replacing("\r\n", with: "\n")
    self.text = plain.unicodeScalars.first == Self.byteOrderMark ? String(plain.unicodeScalars.dropFirst()) : plain
  }

  /// A configuration is written by people; a larger file is a mistake.
  static let maximumSize = 4 * 1_024 * 1_024

  /// Some editors begin a file with it.
  private static let byteOrderMark: Unicode.Scalar = "\u{FEFF}"

  /// The lines, for excerpts.
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
