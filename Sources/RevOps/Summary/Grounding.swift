/// Whether a sentence of the model may be shown: it says nothing that isn't in the facts that it names. Looks at words
/// and numbers, so it is strict where it cannot tell: better a sentence less than an invented one.
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
    /// It says of a fact that is known what that fact does not hold, or something of one that is not known.
    case claim
    /// It says of one past account what became of another.
    case similar
    /// It tells somebody or something what to do with the lead, or rests on a text that does.
    case instructions
    /// It repeats what only the prompt says.
    case prompt
    /// It holds what stands in place of a name or an address.
    case personal
  }

  private let brief: LeadBrief
  private let facts: [String: Evidence.Fact]
  private let promptRuns: Set<String>

  /// - Parameter prompt: what the model was told; no run of words of it may come back.
  public init(_ brief: LeadBrief, prompt: String = "") {
    self.brief = brief
    facts = Dictionary(
      uniqueKeysWithValues: (brief.facts.keys + [LeadBrief.similarKey]).compactMap { key in
        brief.text(of: key).map { (key, Evidence.Fact(key, $0)) }
      })
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
    let evidence = Evidence(brief, keys, facts)
    return SentenceCheck(evidence: evidence, brief: brief).objection(to: text)
      ?? ClaimCheck(evidence: evidence, brief: brief, keys: keys).objection(to: text)
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
