/// A word or phrase of a condition as it was written, with the forms that it is compared in. They are made once, when
/// the configuration is read, since a rule is evaluated far more often than it is written. Coded as its text.
public struct Literal: Sendable, Hashable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let text: String
  /// Compared for equality.
  let folded: String
  /// Compared as whole words.
  let words: WordSequence
  /// Compared as a glob.
  let pattern: Glob

  public init(_ text: String) {
    self.text = text
    folded = TextFolding.fold(text)
    words = WordSequence(folded: folded)
    pattern = Glob(folded: folded)
  }

  public init(stringLiteral value: String) { self.init(value) }

  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public var description: String { text }

  public static func == (left: Self, right: Self) -> Bool { left.text == right.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// Whether both mean the same to every matcher.
  func means(_ other: Self) -> Bool { folded == other.folded }

  /// False for a text of nothing but punctuation, which no whole-word search can find.
  public var hasWords: Bool { !words.isEmpty }
}
