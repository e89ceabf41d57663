import Foundation

/// A word, a number or a sign of a sentence.
struct SentenceToken: Sendable {
  enum Kind: Sendable, Equatable {
    /// Folded.
    case word(String)
    case number(ExactDecimal)
    /// Digits that are no number: `1.2.3`.
    case digits
    case sign(Character)
  }

  var kind: Kind
  /// Whether it follows what is before it without a blank.
  var isAttached: Bool

  var word: String? { if case .word(let word) = kind { word } else { nil } }
  var number: ExactDecimal? { if case .number(let number) = kind { number } else { nil } }
  var sign: Character? { if case .sign(let sign) = kind { sign } else { nil } }

  static func all(in text: String) -> [SentenceToken] {
    var tokens: [SentenceToken] = []
    var isAttached = false
    var rest = text.precomposedStringWithCompatibilityMapping[...]
    while let first = rest.first {
      if first.isWhitespace {
        isAttached = false
        rest = rest.dropFirst()
        continue
      }
      let piece = piece(of: rest)
      tokens += read(piece, isAttached: isAttached)
      isAttached = true
      rest = rest[piece.endIndex...]
    }
    return tokens
  }

  private static func piece(of text: Substring) -> Substring {
    guard let first = text.first else { return text }
    if isDigit(first) { return digits(of: text) }
    if first.isLetter { return text.prefix { $0.isLetter && !isDigit($0) } }
    return text.prefix(1)
  }

  /// With the points and commas between them.
  private static func digits(of text: Substring) -> Substring {
    var end = text.startIndex
    while end < text.endIndex {
      let next = text.index(after: end)
      let isInside = ".,".contains(text[end]) && next < text.endIndex && isDigit(text[next])
      guard isDigit(text[end]) || isInside else { break }
      end = next
    }
    return text[..<end]
  }

  private static func read(_ piece: Substring, isAttached: Bool) -> [SentenceToken] {
    guard let first = piece.first else { return [] }
    if first.isLetter {
      // Folding may put a blank or an apostrophe where a letter was.
      let words = TextFolding.words(TextFolding.fold(String(piece)))
      return words.enumerated().map {
        SentenceToken(kind: .word(String($1)), isAttached: $0 == 0 ? isAttached : true)
      }
    }
    guard isDigit(first) else { return [SentenceToken(kind: .sign(first), isAttached: isAttached)] }
    let plain = piece.compactMap { $0.wholeNumberValue.map { Character(String($0)) } ?? $0 }
    if let number = NumberText.ungrouped(String(plain)) {
      return [SentenceToken(kind: .number(number), isAttached: isAttached)]
    }
    return parts(String(plain), isAttached: isAttached)
  }

  /// `01.12.2026` is three numbers with points between them.
  private static func parts(_ digits: String, isAttached: Bool) -> [SentenceToken] {
    var tokens: [SentenceToken] = []
    for part in digits.split(whereSeparator: { ".,".contains($0) }) {
      if !tokens.isEmpty { tokens.append(SentenceToken(kind: .sign("."), isAttached: true)) }
      let kind = ExactDecimal(String(part)).map { Kind.number($0) } ?? .digits
      tokens.append(SentenceToken(kind: kind, isAttached: tokens.isEmpty ? isAttached : true))
    }
    return tokens
  }

  /// Decimal digits of any script; 五 is a word.
  private static func isDigit(_ character: Character) -> Bool {
    character.isWholeNumber && character.unicodeScalars.first?.properties.generalCategory == .decimalNumber
  }
}

enum NumberText {
  /// `1,200` and `1.200` are groups of thousands; `1,5` and `1.5` are fractions.
  static func ungrouped(_ digits: String) -> ExactDecimal? {
    let groups = digits.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard groups.count > 1 else { return ExactDecimal(digits) }
    if groups.dropFirst().allSatisfy({ $0.count == 3 }), (1...3).contains(groups[0].count), groups[0] != "0" {
      return ExactDecimal(groups.joined())
    }
    return groups.count == 2 ? ExactDecimal(groups.joined(separator: ".")) : nil
  }
}
