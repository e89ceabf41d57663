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
      let isAddress = plain.contains("@") || plain.contains("%40")
      guard isAddress || Self.isLink(plain) else { return nil }
      return String(before) + (isAddress ? Mark.address : Mark.link).rawValue + String(after)
    }
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
    Self.replaced(text, isPart: { $0.isWholeNumber || "+-./() \u{A0}".contains($0) }) { run in
      isPhone(run) ? Self.keepingBlanks(run, Mark.phone.rawValue) : nil
    }
  }

  private func isPhone(_ run: Substring) -> Bool {
    let digits = run.compactMap(\.wholeNumberValue)
    if let phone, digits.count >= phone.count, digits.map(String.init).joined().contains(phone) { return true }
    let beginning = run.first { !$0.isWhitespace }
    let groups = run.split { !$0.isWholeNumber }
    if groups.count == 3, Self.isDate(groups) { return false }
    guard (7...20).contains(digits.count) else { return false }
    return beginning == "+" || beginning == "(" || digits.first == 0 || digits.count >= 9
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
      let folded = TextFolding.fold(String(word))
      if surnames.contains(folded) { return Mark.name.rawValue }
      return givenNames.contains(folded) && word.first?.isUppercase == true ? Mark.name.rawValue : nil
    }
    return withoutUnspaced(spaced)
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
      surnames.formUnion(Self.words(fullName))
    } else {
      let words = Self.words(fullName)
      givenNames.formUnion(words.prefix(1))
      surnames.formUnion(words.count == 1 ? words : Array(words.dropFirst()))
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

  private static func words(_ text: String) -> [String] {
    TextFolding.words(TextFolding.fold(text)).map(String.init).filter { $0.count >= 2 && !particles.contains($0) }
  }
}
