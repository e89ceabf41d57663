/// Whether a sentence of the model may be shown: it says nothing that isn't in the facts that it names. Looks at form
/// alone, so it is strict where it cannot tell: better a sentence less than an invented one.
public struct Grounding: Sendable {
  /// Why a sentence is dropped.
  public enum Objection: String, Sendable, CaseIterable {
    case length
    case noFacts = "no_facts"
    case unknownFact = "unknown_fact"
    /// Signs that could be markup, a mention or an emoji, or anything but plain text.
    case signs
    case link
    case number
    case name
    /// It tells somebody or something what to do with the lead, or rests on a text that does.
    case instructions
    /// It repeats what only the prompt says.
    case prompt
    /// It holds what stands in place of a name or an address.
    case personal
  }

  private let brief: LeadBrief
  /// Folded words that no sentence may hold unless its facts do: the names of other accounts.
  private let names: Set<String>
  private let promptRuns: Set<String>

  /// - Parameter prompt: what the model was told; no run of words of it may come back.
  public init(_ brief: LeadBrief, prompt: String = "") {
    self.brief = brief
    names = Set(
      brief.similar.compactMap { $0["account"]?.string }.flatMap { Self.words($0) }.filter { $0.count >= 3 })
    promptRuns = Self.runs(in: prompt)
  }

  /// Nil: it may be shown.
  public func objection(
    to text: String, restingOn keys: [String], words wordLimit: Int = 32
  ) -> Objection? {
    guard text.count <= 240, (2...wordLimit).contains(text.split(separator: " ").count) else { return .length }
    guard !PersonalData.holdsMark(text) else { return .personal }
    guard text.allSatisfy(Self.isPlain) else { return .signs }
    guard !keys.isEmpty else { return .noFacts }
    let named = keys.map { brief.text(of: $0) }
    let texts = named.compactMap(\.self)
    guard texts.count == named.count else { return .unknownFact }
    guard !SoftwareInstructions.areGiven(in: text), !texts.contains(where: { SoftwareInstructions.areGiven(in: $0) })
    else { return .instructions }
    guard promptRuns.isDisjoint(with: Self.runs(in: text)) else { return .prompt }
    return SentenceCheck(
      evidence: Evidence(texts, country: keys.contains("country") ? brief.text(of: "country") : nil), names: names
    ).objection(to: text)
  }

  static func words(_ text: String) -> [String] { TextFolding.words(TextFolding.fold(text)).map(String.init) }

  /// Letters, digits, blanks and the signs of plain prose.
  private static func isPlain(_ character: Character) -> Bool {
    if character.isLetter || character.isWholeNumber || character == " " { return true }
    return ".,;:'’\"“”()-–—/%&+€$£?!".contains(character)
  }

  /// Each five words that follow one another.
  private static func runs(in text: String) -> Set<String> {
    let words = words(text)
    guard words.count >= 5 else { return [] }
    return Set((0...(words.count - 5)).map { words[$0..<($0 + 5)].joined(separator: " ") })
  }
}

/// What the facts that a sentence names hold.
private struct Evidence {
  let words: Set<String>
  /// Blank-separated parts as they are written, folded.
  let chunks: Set<String>
  let numbers: Set<ExactDecimal>
  let countryWords: [String]

  init(_ texts: [String], country: String?) {
    var words: Set<String> = []
    var chunks: Set<String> = []
    var numbers: Set<ExactDecimal> = []
    for text in texts {
      words.formUnion(Grounding.words(text))
      for chunk in Chunk.all(in: text) {
        chunks.insert(TextFolding.fold(chunk.text))
        numbers.formUnion(chunk.numbers)
      }
    }
    numbers.formUnion(words.compactMap { NumberWord.value[$0] })
    self.words = words
    self.chunks = chunks
    self.numbers = numbers
    countryWords = country.map { Grounding.words($0) } ?? []
  }

  /// `German` for Germany, `Canadian` for Canada.
  func isOfCountry(_ word: String) -> Bool {
    countryWords.contains { country in
      let shared = zip(word, country).prefix { $0 == $1 }.count
      return shared >= 5 && word.count - shared <= 4 && country.count - shared <= 3
    }
  }
}

/// One sentence against its evidence, word by word.
private struct SentenceCheck {
  let evidence: Evidence
  let names: Set<String>

  func objection(to text: String) -> Grounding.Objection? {
    var opensSentence = true
    for chunk in Chunk.all(in: text) {
      if let found = objection(to: chunk, opensSentence) { return found }
      opensSentence = chunk.endsSentence
    }
    return nil
  }

  private func objection(to chunk: Chunk, _ opensSentence: Bool) -> Grounding.Objection? {
    if evidence.chunks.contains(TextFolding.fold(chunk.text)) { return nil }
    if PersonalData.isLink(chunk.text) { return .link }
    if chunk.text.contains(where: \.isWholeNumber),
      !chunk.numbers.isSubset(of: evidence.numbers) || chunk.numbers.isEmpty
    {
      return .number
    }
    for (index, word) in chunk.words.enumerated() {
      if let found = objection(to: word, opensSentence && index == 0) { return found }
    }
    return nil
  }

  private func objection(to word: Substring, _ opensSentence: Bool) -> Grounding.Objection? {
    let folded = TextFolding.fold(String(word))
    if evidence.words.contains(folded) { return nil }
    if Self.reserved.contains(folded) { return .instructions }
    if names.contains(folded) { return .name }
    if word.first?.isWholeNumber == true { return nil }
    if let number = NumberWord.value[folded] { return evidence.numbers.contains(number) ? nil : .number }
    // What is no English word is a name or a quotation, and either must be in the facts.
    guard word.unicodeScalars.allSatisfy({ $0.isASCII }) else { return .name }
    guard word.contains(where: \.isUppercase) else { return nil }
    if evidence.isOfCountry(folded) { return nil }
    return opensSentence && SentenceOpening.isUsual(folded) && word.dropFirst().allSatisfy(\.isLowercase) ? nil : .name
  }

  /// What the desk decides and what strangers would like to have decided.
  private static let reserved: Set = [
    "score", "scores", "scored", "assign", "assigned", "reassign", "route", "routed", "reroute", "owner", "prompt",
    "prompts", "password", "passwords", "canary", "urgent", "urgently", "immediately", "click", "ceo",
  ]
}

/// What stands between two blanks, without the signs around it.
private struct Chunk {
  let text: String
  let endsSentence: Bool

  static func all(in text: String) -> [Chunk] {
    text.split(whereSeparator: \.isWhitespace).compactMap { piece in
      let isSign = { (character: Character) in !character.isLetter && !character.isWholeNumber }
      let core = piece.drop(while: isSign)
      guard let last = core.lastIndex(where: { !isSign($0) }) else { return nil }
      return Chunk(
        text: String(core[...last]), endsSentence: core[last...].dropFirst().contains { ".!?:".contains($0) })
    }
  }

  /// Between signs: `850-person` has two.
  var words: [Substring] { text.split { !$0.isLetter && !$0.isWholeNumber } }

  /// The numbers in it; `1,200`, `1.2k`, `850-person`, `40%`. Empty where its digits are no number (`Q1`, `v2`).
  var numbers: Set<ExactDecimal> {
    var found: Set<ExactDecimal> = []
    for part in text.split(whereSeparator: { "-–—/+%$€£()".contains($0) }) where part.contains(where: \.isWholeNumber) {
      guard let number = Self.number(part) else { return [] }
      found.insert(number)
    }
    return found
  }

  private static func number(_ part: Substring) -> ExactDecimal? {
    let plain = part.lowercased()
    let digits = plain.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
    guard let factor = factors[String(plain.dropFirst(digits.count))], let number = ungrouped(digits) else {
      return nil
    }
    return number * ExactDecimal(factor)
  }

  private static let factors = ["": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000]

  /// `1,200` and `1.200` are groups of thousands; `1,5` and `1.5` are fractions.
  private static func ungrouped(_ digits: Substring) -> ExactDecimal? {
    let groups = digits.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard groups.count > 1 else { return ExactDecimal(String(digits)) }
    if groups.dropFirst().allSatisfy({ $0.count == 3 }), (1...3).contains(groups[0].count), groups[0] != "0" {
      return ExactDecimal(groups.joined())
    }
    return groups.count == 2 ? ExactDecimal(groups.joined(separator: ".")) : nil
  }
}

private enum NumberWord {
  static let value: [String: ExactDecimal] = {
    let small = [
      "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    var all = Dictionary(uniqueKeysWithValues: small.enumerated().map { ($1, ExactDecimal($0 + 2)) })
    let larger = [
      "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
      "dozens": 12, "hundred": 100, "hundreds": 100, "thousand": 1_000, "thousands": 1_000, "million": 1_000_000,
      "millions": 1_000_000, "billion": 1_000_000_000, "billions": 1_000_000_000,
    ]
    all.merge(larger.mapValues { ExactDecimal($0) }) { $1 }
    return all
  }()
}

/// Words that sentences of a summary begin with: any other capital may be a name.
private enum SentenceOpening {
  static func isUsual(_ word: String) -> Bool { usual.contains(word) }

  private static let usual = Set(
    """
    a about account across active after again all already also an and announced another any are around as ask asked \
    asking asks at available based because been before began begins being bought budget business but buyer buying buys \
    by came can cannot chief clear comes coming company compares concern considering contact could country current \
    currently customer data deadline decides decision deals demand demo department describes despite details different \
    does doing due during each earlier email employs enquired enquires enquiry enterprise established evaluates \
    evaluating existing expects explains explores exploring expressed few finds first for former found founded from \
    gave given gives had handles has have he head headcount headquartered heads here holds how if in industry \
    inquired inquires inquiry intends interest interested into is it its job keeps known large larger last later leads \
    like likely located long looking looks lost main makes manages manager many may mentions mid midsize message \
    method more most moves my named names needs new next no none not note notes now of offers office on once one only \
    open operates operations or organisation organization other our out over owns part past people person planned \
    planning plans possible present previous previously price prices pricing problem product project provides purchase \
    purpose quote reached reason recent recently recommend recommends refers replaces replacing replied reply reports \
    request requested requests requires responsible revenue role runs said same sales says seeks seems sells sent \
    serves several she should similar since size small software some source speaks stack started starts states still \
    submitted such suggests talks team that the their them there they thinks this those though through timing title \
    to today told tools tries under unclear understands unknown until up use used user users uses using very via \
    wanted wanting wants was we website went were what when where which while who why will wishes with within without \
    won work working works would writes writing wrote year you your
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
