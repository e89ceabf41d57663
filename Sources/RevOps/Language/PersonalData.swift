import Foundation

/// Takes out of a text what tells who the person is: e-mail addresses, telephone numbers, web addresses, and the
/// person's own name. When in doubt it takes out too much. Linear in the length of the text.
public struct PersonalData: Sendable {
  /// What stands in place of what was taken out.
  public enum Mark: String, CaseIterable, Sendable {
    case address = "[e-mail]"
    case phone = "[phone]"
    case link = "[link]"
    case name = "[name]"
  }

  /// Folded words of the name that are taken out however they are written.
  private let surnames: Set<String>
  /// Folded given names, taken out where they are written with a capital: "will" and "mark" are words as well.
  private let givenNames: Set<String>
  /// The last digits of the person's own number.
  private let phone: String?

  public init(_ facts: LeadFacts) {
    let payload = facts.payload
    var names = NameWords()
    names.add(fullName: payload.fullName)
    names.add(fullName: facts.normalized.fullName)
    names.add(first: payload.firstName, last: payload.lastName)
    if names.isEmpty, facts.normalized.emailType != .role { names.add(localPart: payload.email) }
    surnames = names.surnames
    givenNames = names.givenNames.subtracting(names.surnames)
    let digits = (payload.phone ?? facts.normalized.phone ?? "").compactMap(\.wholeNumberValue)
    phone = digits.count >= 6 ? digits.suffix(7).map(String.init).joined() : nil
  }

  /// Long enough to tell somebody inside another word.
  var longerNames: [String] { surnames.union(givenNames).filter { $0.count >= 4 || NameWords.isUnspaced($0) } }

  /// Whether a text holds none of it.
  public func isFree(_ text: String) -> Bool { removed(from: text) == text }

  public static func holdsMark(_ text: String) -> Bool { Mark.allCases.contains { text.contains($0.rawValue) } }

  public func removed(from text: String) -> String {
    names(in: phones(in: pieces(in: text)))
  }

  // MARK: Addresses and links

  /// Word by word, where a word is what stands between blanks and brackets.
  private func pieces(in text: String) -> String {
    Self.replaced(text, isPart: { !$0.isWhitespace && !"<>()[]{}\"'“”«»,;|".contains($0) }) { word in
      let signs: Set<Character> = [".", ":", "!", "?"]
      let before = word.prefix { signs.contains($0) }
      let after = word[before.endIndex...].reversed().prefix { signs.contains($0) }.reversed()
      let plain = String(word.dropFirst(before.count).dropLast(after.count))
      let read = Self.inPlainSigns(plain)
      let isAddress = read.contains("@") || read.contains("%40")
      guard isAddress || Self.isLink(read) else { return nil }
      return String(before) + (isAddress ? Mark.address : Mark.link).rawValue + String(after)
    }
  }

  /// With the usual signs in place of wide ones: `ada＠acme．example`. The ideographic full stop is a point in a host only.
  private static func inPlainSigns(_ word: String) -> String {
    guard !word.utf8.allSatisfy({ $0 < 0x80 }) else { return word }
    var plain = ""
    for character in word.precomposedStringWithCompatibilityMapping {
      let isPoint = character == "。" && plain.last.map { $0.isASCII && ($0.isLetter || $0.isNumber) } == true
      plain.append(isPoint ? "." : character)
    }
    return plain.last == "." && !word.hasSuffix(".") ? String(plain.dropLast()) : plain
  }

  /// `https://x`, `www.x.example`, `x.example/path`, `x.example`; not `e.g.`, `1.5` or `v2.0`: the last part of a host's
  /// name has two letters or more.
  static func isLink(_ word: String) -> Bool {
    let folded = word.lowercased()
    if folded.contains("://") || folded.hasPrefix("www.") || folded.hasPrefix("mailto:") { return true }
    let host = folded.prefix { !"/?#:".contains($0) }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy({ $0.isLetter }) else {
      return false
    }
    return labels.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } }
  }

  // MARK: Telephone numbers

  private func phones(in text: String) -> String {
    Self.replaced(text, isPart: Self.isOfPhone) { run in
      isPhone(run) ? Self.keepingBlanks(run, Mark.phone.rawValue) : nil
    }
  }

  /// Digits of any script, and what people write between them: dashes and blanks of every kind.
  private static func isOfPhone(_ character: Character) -> Bool {
    if character.isWholeNumber || "+-./() ＋（）·•".contains(character) { return true }
    guard !character.isNewline, let scalar = character.unicodeScalars.first else { return false }
    return character.isWhitespace || [.dashPunctuation, .format].contains(scalar.properties.generalCategory)
  }

  private func isPhone(_ run: Substring) -> Bool {
    let digits = run.compactMap(\.wholeNumberValue)
    if let phone, digits.count >= phone.count, digits.map(String.init).joined().contains(phone) { return true }
    let beginning = run.first { !$0.isWhitespace }
    let groups = run.split { !$0.isWholeNumber }
    if groups.count == 3, Self.isDate(groups) { return false }
    guard (7...20).contains(digits.count) else { return false }
    return beginning.map { "+(＋（".contains($0) } == true || digits.first == 0 || digits.count >= 9
  }

  private static func isDate(_ groups: [Substring]) -> Bool {
    let years = groups.filter { $0.count == 4 && ($0.hasPrefix("19") || $0.hasPrefix("20")) }
    return years.count == 1 && groups.allSatisfy { $0.count <= 2 || $0.count == 4 }
  }

  private static func keepingBlanks(_ run: Substring, _ mark: String) -> String {
    (run.first?.isWhitespace == true ? " " : "") + mark + (run.last?.isWhitespace == true ? " " : "")
  }

  // MARK: Names

  private func names(in text: String) -> String {
    guard !surnames.isEmpty || !givenNames.isEmpty else { return text }
    let spaced = Self.replaced(text, isPart: { $0.isLetter || $0.isNumber }) { word in
      let folded = Self.withoutJoiners(TextFolding.fold(String(word)))
      if surnames.contains(folded) { return Mark.name.rawValue }
      return givenNames.contains(folded) && word.first?.isUppercase == true ? Mark.name.rawValue : nil
    }
    return withoutUnspaced(spaced)
  }

  /// Joiners, which nobody sees inside a word.
  private static func withoutJoiners(_ word: String) -> String {
    guard word.unicodeScalars.contains(where: { $0.properties.generalCategory == .format }) else { return word }
    return String(
      String.UnicodeScalarView(word.unicodeScalars.filter { $0.properties.generalCategory != .format }))
  }

  /// A name in a script without blanks is a part of what stands around it.
  private func withoutUnspaced(_ text: String) -> String {
    var text = text
    for name in surnames.union(givenNames) where NameWords.isUnspaced(name) && name.count >= 2 {
      text = text.replacing(name, with: Mark.name.rawValue)
    }
    return text
  }

  /// Puts something in place of each run of characters that `replace` knows.
  private static func replaced(
    _ text: String, isPart: (Character) -> Bool, _ replace: (Substring) -> String?
  ) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(where: isPart) {
      result += rest[..<start]
      let end = rest[start...].firstIndex { !isPart($0) } ?? rest.endIndex
      result += replace(rest[start..<end]) ?? String(rest[start..<end])
      rest = rest[end...]
    }
    return result + rest
  }
}

/// The words of a person's name.
private struct NameWords {
  private(set) var surnames: Set<String> = []
  private(set) var givenNames: Set<String> = []

  var isEmpty: Bool { surnames.isEmpty && givenNames.isEmpty }

  /// "Lovelace, Ada" and "Ada Lovelace"; both words count as surnames where the script does not tell.
  mutating func add(fullName: String?) {
    guard let fullName else { return }
    let parts = fullName.split(separator: ",")
    if parts.count == 2 {
      add(first: String(parts[1]), last: String(parts[0]))
    } else if Self.isUnspaced(fullName) {
      // As written too: folding changes syllables that a text holds as they are.
      surnames.formUnion(Self.words(fullName) + fullName.split(whereSeparator: \.isWhitespace).map(String.init))
    } else {
      let words = Self.groups(fullName)
      givenNames.formUnion(words.first ?? [])
      surnames.formUnion((words.count == 1 ? words : Array(words.dropFirst())).flatMap(\.self))
    }
  }

  mutating func add(first: String?, last: String?) {
    givenNames.formUnion(Self.words(first ?? ""))
    surnames.formUnion(Self.words(last ?? ""))
  }

  /// `ada.lovelace@…`, where nothing else tells the name.
  mutating func add(localPart email: String) {
    surnames.formUnion(Self.words(String(email.prefix { $0 != "@" })).filter { $0.count >= 4 })
  }

  static func isUnspaced(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x3040...0x9FFF).contains($0.value) || (0xAC00...0xD7AF).contains($0.value) }
  }

  private static let particles: Set = [
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "du", "la", "le", "el", "al", "bin", "ten", "ter",
    "zu", "of", "the", "and", "dos", "das", "mr", "mrs", "ms", "dr", "prof",
  ]

  /// Each word of a name as it is written, and as it is written where a keyboard lacks its letters: `Müller`, `Muller`
  /// and `Mueller`.
  private static func groups(_ text: String) -> [[String]] {
    text.split { !$0.isLetter && !$0.isNumber }.compactMap { word in
      let plain = TextFolding.key(String(word))
      guard plain.count >= 2, !particles.contains(plain) else { return nil }
      return [plain, spelledOut(String(word)), shortened(plain)]
    }
  }

  private static func words(_ text: String) -> [String] { groups(text).flatMap(\.self) }

  private static let umlauts: [(Character, String)] = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa")]

  private static func spelledOut(_ word: String) -> String {
    let lower = word.lowercased().precomposedStringWithCanonicalMapping
    return TextFolding.key(umlauts.reduce(lower) { $0.replacing(String($1.0), with: $1.1) })
  }

  private static func shortened(_ word: String) -> String {
    let short = umlauts.reduce(word) { $0.replacing($1.1, with: TextFolding.fold(String($1.0))) }
    // Shorter ones are words of some language.
    return short.count >= 4 ? short : word
  }
}
