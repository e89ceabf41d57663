/// One sentence against its evidence: its links, its numbers, its words.
struct SentenceCheck {
  let evidence: Evidence
  /// Whether the lead's headcount, revenue and year of foundation are known.
  let brief: LeadBrief

  func objection(to text: String) -> Grounding.Objection? {
    let tokens = SentenceToken.all(in: text)
    if let found = linkOrDigits(text) ?? number(tokens) ?? period(tokens) { return found }
    var opensSentence = true
    for chunk in Chunk.all(in: text) {
      if let found = objection(to: chunk, opensSentence) { return found }
      opensSentence = chunk.endsSentence
    }
    return nil
  }

  private func linkOrDigits(_ text: String) -> Grounding.Objection? {
    for chunk in Chunk.all(in: text) where !evidence.chunks.contains(TextFolding.fold(chunk.text)) {
      if PersonalData.isLink(chunk.text) { return .link }
      if chunk.hasOddDigits { return .number }
    }
    return nil
  }

  // MARK: Words

  private func objection(to chunk: Chunk, _ opensSentence: Bool) -> Grounding.Objection? {
    if evidence.chunks.contains(TextFolding.fold(chunk.text)) { return nil }
    for (index, word) in chunk.words.enumerated() {
      if let found = objection(to: word, opensSentence && index == 0) { return found }
    }
    return nil
  }

  private func objection(to word: Substring, _ opensSentence: Bool) -> Grounding.Objection? {
    let folded = TextFolding.fold(String(word))
    if evidence.words.contains(folded) { return nil }
    if Self.reserved.contains(folded) { return .instructions }
    if word.first?.isWholeNumber == true { return nil }
    if evidence.country?.isSaid(by: folded) == true { return nil }
    guard word.contains(where: \.isUppercase) else { return isKnown(folded) || isMoney(folded) ? nil : .name }
    if Self.abbreviations.contains(folded) || isMoney(folded) { return nil }
    let isUsual = SentenceOpening.isUsual(folded) || NumberWord.small[folded] != nil
    return opensSentence && isUsual && word.dropFirst().allSatisfy(\.isLowercase) ? nil : .name
  }

  /// A word that is neither English nor a form of one of the facts' is a name or a quotation.
  private func isKnown(_ word: String) -> Bool {
    if PlainWords.contains(word) || NumberWord.small[word] != nil || NumberWord.scales[word] != nil { return true }
    return word.count >= 5 && evidence.words.contains { $0.count >= 5 && WordForms.areAlike($0, word) }
  }

  /// The facts may name it by another sign.
  private func isMoney(_ word: String) -> Bool {
    guard let code = Currency.code(SentenceToken(kind: .word(word), isAttached: false)) else { return false }
    return evidence.quantities.contains { $0.unit == .money(code) }
  }

  /// Of things, not of anybody.
  private static let abbreviations: Set = ["crm", "erp", "sso", "api", "saas", "hr", "it", "pdf", "csv", "b2b", "b2c"]

  /// What the desk decides and what strangers would like to have decided.
  private static let reserved: Set = [
    "score", "scores", "scored", "assign", "assigned", "reassign", "route", "routed", "reroute", "owner", "prompt",
    "prompts", "password", "passwords", "canary", "urgent", "urgently", "immediately", "click", "ceo", "discount",
    "discounts", "refund", "refunds", "wire", "deposit", "attachment", "attachments", "login", "credentials",
    "download",
    "gift", "voucher", "guarantee", "guaranteed",
  ]

  // MARK: Numbers

  private func number(_ tokens: [SentenceToken]) -> Grounding.Objection? {
    for quantity in Quantity.all(in: tokens) {
      guard evidence.quantities.contains(where: { quantity.follows(from: $0) }) else { return .number }
      if let bound = quantity.bound, !evidence.words.contains(bound) { return .number }
      guard isOfItsSubject(quantity, tokens) else { return .number }
    }
    return nil
  }

  /// The number of one thing is not that of another: "40 employees" where there are 850 and the message tells of 40 reps.
  private func isOfItsSubject(_ quantity: Quantity, _ tokens: [SentenceToken]) -> Bool {
    for subject in CountedSubject.all where subject.isNamed(beside: quantity.tokens, in: tokens) {
      guard let known = brief.number(of: subject.key) else { continue }
      let isSaid = evidence.clauses.contains { subject.isCounted($0, as: quantity) }
      guard known == quantity.value || isSaid else { return false }
    }
    guard evidence.isEnglish, let noun = noun(after: quantity.tokens.upperBound, tokens) else { return true }
    let holding = evidence.clauses.filter { clause in clause.words.contains { WordForms.areAlike($0, noun) } }
    return holding.isEmpty
      || holding.contains { clause in
        clause.quantities.contains { quantity.follows(from: $0) && near($0, noun, clause) }
      }
  }

  private func near(_ quantity: Quantity, _ noun: String, _ clause: Evidence.Clause) -> Bool {
    let around = max(0, quantity.tokens.lowerBound - 4)..<min(clause.tokens.count, quantity.tokens.upperBound + 4)
    return clause.tokens[around].compactMap(\.word).contains { WordForms.areAlike($0, noun) }
  }

  /// What is counted: the word that follows, if it says anything.
  private func noun(after index: Int, _ tokens: [SentenceToken]) -> String? {
    let start = index < tokens.count && tokens[index].sign == "-" ? index + 1 : index
    guard start < tokens.count, let word = tokens[start].word, word.count >= 4, !PlainWords.function.contains(word),
      !TimeWords.capitalized.contains(word)
    else {
      return nil
    }
    return word
  }

  // MARK: Times

  private func period(_ tokens: [SentenceToken]) -> Grounding.Objection? {
    let told = PeriodReading.words(in: tokens)
    if !told.isSubset(of: evidence.words) { return .claim }
    for (index, token) in tokens.enumerated() {
      guard let word = token.word else { continue }
      if TimeWords.seasons.contains(word), word != "spring" || index > 0, !evidence.words.contains(word) {
        return .claim
      }
      guard let period = TimeWords.period(word), PeriodReading.quarter(tokens, max(0, index - 1)) == nil else {
        continue
      }
      if !evidence.words.contains(period), !evidence.holds(formOf: period) { return .claim }
      let before = index > 0 ? tokens[index - 1].word : nil
      if let before, TimeWords.relative.contains(before), !evidence.words.contains(before) { return .claim }
    }
    return nil
  }
}

/// What a fact counts, and the words that name it.
private struct CountedSubject {
  let key: String
  let words: Set<String>
  /// In other languages.
  let stems: [String]

  static let all = [
    CountedSubject(
      key: "employees",
      words: ["employee", "employees", "people", "person", "persons", "staff", "headcount", "workforce", "workers"],
      stems: [
        "mitarbeit", "beschaftigt", "angestellt", "employ", "salari", "emplead", "trabajador", "dipendent",
        "funcionari", "medewerker", "anstall", "ansatt", "人", "名", "موظف", "сотрудник",
      ]),
    CountedSubject(
      key: "annual_revenue", words: ["revenue", "revenues", "turnover"],
      stems: ["umsatz", "chiffre", "factur", "fattur"]),
    CountedSubject(
      key: "founded_year", words: ["founded", "established", "foundation"],
      stems: ["gegrundet", "fonde", "fundad", "fondat"]),
  ]

  /// Two words before or after it: "850 people", "a staff of 850", "founded in 1987".
  func isNamed(beside range: Range<Int>, in tokens: [SentenceToken]) -> Bool {
    let isEmployees = key == "employees"
    let before = Set(tokens[max(0, range.lowerBound - 4)..<range.lowerBound].compactMap(\.word))
    let end = min(tokens.count, range.upperBound + (isEmployees ? 1 : 3))
    let after = Set(tokens[range.upperBound..<end].compactMap(\.word))
    let naming: Set = isEmployees ? ["staff", "headcount", "workforce"] : words
    return !before.isDisjoint(with: naming) || !after.isDisjoint(with: words)
  }

  func isCounted(_ clause: Evidence.Clause, as quantity: Quantity) -> Bool {
    clause.quantities.contains { quantity.follows(from: $0) }
      && clause.words.contains { word in words.contains(word) || stems.contains { word.hasPrefix($0) } }
  }
}

/// What stands between two blanks, without the signs around it.
struct Chunk {
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

  /// Digits that belong to something else than a number: `v2`, `H1`, `3x`, `b2b`.
  var hasOddDigits: Bool {
    let tokens = SentenceToken.all(in: text)
    return tokens.indices.contains(where: { Self.isOdd(tokens, $0) })
  }

  private static func isOdd(_ tokens: [SentenceToken], _ index: Int) -> Bool {
    if tokens[index].kind == .digits { return true }
    guard tokens[index].number != nil else { return false }
    if index > 0, tokens[index].isAttached, let before = tokens[index - 1].word, before != "q",
      Currency.code(tokens[index - 1]) == nil
    {
      return true
    }
    guard index + 1 < tokens.count, tokens[index + 1].isAttached, let after = tokens[index + 1].word else {
      return false
    }
    let isScale = NumberWord.otherScales[after] != nil || NumberWord.attached[after] != nil
    return !isScale && !suffixes.contains(after) && Currency.code(tokens[index + 1]) == nil
  }

  private static let suffixes: Set = ["st", "nd", "rd", "th"]
}
