/// What a sentence claims of the account, the company and the person against what is known of them: words that are plain
/// English may still say what nobody told us.
struct ClaimCheck {
  let evidence: Evidence
  let brief: LeadBrief
  let keys: [String]

  func objection(to text: String) -> Grounding.Objection? {
    let tokens = SentenceToken.all(in: text)
    let words = tokens.compactMap(\.word)
    if keys.contains(LeadBrief.similarKey),
      let found = SimilarCheck(brief: brief, evidence: evidence).objection(to: words)
    {
      return found
    }
    let isNegated = Negation.isSaid(in: tokens)
    let isAbsence = words.contains { Self.absence.contains($0) || ($0 == "known" && isNegated) }
    let isAdvice = words.first == "next"
    let claims = [
      standing(Set(words), isNegated: isNegated), isAbsence ? nil : size(words), isAbsence ? nil : kind(words),
      isAdvice ? nil : role(words), isAdvice || isAbsence ? nil : sensitive(words),
      isAbsence && (isNegated || Self.saysUnknown(words)) ? absence(words) : nil,
      !isAbsence && isNegated ? negation(words) : nil, isNegated || isAdvice ? nil : negated(tokens),
      isAdvice || isAbsence || !Quantity.all(in: tokens).isEmpty ? nil : support(words),
    ]
    return claims.lazy.compactMap(\.self).first
  }

  // MARK: The account

  /// What we are to one another is in the CRM, and nowhere else unless they say it themselves.
  private func standing(_ words: Set<String>, isNegated: Bool) -> Grounding.Objection? {
    let known = brief.text(of: "account")
    for claim in Self.standings where claim.isMade(by: words) {
      if !claim.said(by: words).isSubset(of: saidWords) || keysWithoutAccount.isEmpty {
        guard let known, claim.stages.contains(known) != isNegated else { return .claim }
      }
    }
    return nil
  }

  private var keysWithoutAccount: [String] { keys.filter { LeadBrief.plain($0) != "account" } }

  /// What the other facts say in their own words.
  private var saidWords: Set<String> {
    Set(keysWithoutAccount.compactMap { brief.text(of: $0) }.flatMap { Grounding.words($0) })
  }

  private struct Standing {
    let nouns: Set<String>
    let marks: Set<String>
    /// The account facts under which it is true.
    let stages: Set<String>

    func isMade(by words: Set<String>) -> Bool { !words.isDisjoint(with: nouns) && !words.isDisjoint(with: marks) }
    func said(by words: Set<String>) -> Set<String> { words.intersection(nouns.union(marks)) }
  }

  private static let standings = [
    Standing(
      nouns: ["customer", "client"], marks: ["existing", "current", "already", "ours", "our", "yet", "longstanding"],
      stages: ["already a customer"]),
    Standing(nouns: ["deal", "deals", "opportunity"], marks: ["open"], stages: ["has an open deal with us"]),
    Standing(nouns: ["crm"], marks: ["new"], stages: ["new to the CRM"]),
    Standing(
      nouns: ["crm"], marks: ["known"], stages: ["known to the CRM", "already a customer", "has an open deal with us"]),
  ]

  // MARK: The company

  private func size(_ words: [String]) -> Grounding.Objection? {
    for (index, word) in words.enumerated() {
      guard let range = Self.sizes[word], !evidence.words.contains(word) else { continue }
      let isOfCompany = words[(index + 1)...].prefix(3).contains {
        Self.companies.contains($0) || Self.kinds[$0] != nil
      }
      guard isOfCompany || word == "enterprise" else { continue }
      guard let people = brief.number(of: "employees"), range.contains(people) else { return .claim }
    }
    return nil
  }

  private static let sizes: [String: ClosedRange<ExactDecimal>] = {
    let ranges: [String: ClosedRange<Int>] = [
      "tiny": 0...20, "small": 0...250, "smaller": 0...500, "mid": 50...2_500, "midsize": 50...2_500,
      "midsized": 50...2_500, "medium": 50...2_500, "large": 250...10_000_000, "larger": 200...10_000_000,
      "big": 250...10_000_000, "huge": 1_000...10_000_000, "enterprise": 500...10_000_000,
    ]
    return ranges.mapValues { ExactDecimal($0.lowerBound)...ExactDecimal($0.upperBound) }
  }()

  private static let companies: Set = [
    "company", "firm", "business", "organisation", "organization", "enterprise", "employer", "player", "provider",
  ]

  /// A kind of company that is not its industry's.
  private func kind(_ words: [String]) -> Grounding.Objection? {
    let isOther = words.contains { word in
      guard let industries = Self.kinds[word], !evidence.holds(formOf: word) else { return false }
      return brief.text(of: "industry").map { !industries.contains($0) } ?? true
    }
    return isOther ? .claim : nil
  }

  private static let kinds: [String: Set<String>] = {
    let table: [String: Set<String>] = [
      "bank lender": ["Banking", "Financial Services"], "insurer": ["Insurance"],
      "hospital clinic pharmacy": ["Healthcare"], "school university college": ["Education"],
      "charity nonprofit": ["Nonprofit"], "ministry municipality": ["Government"],
      "retailer shop supermarket": ["Retail", "E-commerce"],
      "manufacturer": [
        "Manufacturing", "Automotive", "Electronics", "Chemicals", "Aerospace & Defense", "Consumer Goods",
        "Food & Beverage", "Pharma & Biotech",
      ],
      "brewery bakery restaurant": ["Food & Beverage", "Travel & Hospitality"],
      "hotel airline": ["Travel & Hospitality"], "farm": ["Agriculture"],
      "carrier forwarder": [
        "Logistics", "Telecommunications",
      ],
      "consultancy": ["Consulting", "Professional Services", "IT Services"], "broadcaster publisher": ["Media"],
      "startup scaleup": [],
    ]
    return Dictionary(
      uniqueKeysWithValues: table.flatMap { names, industries in
        names.split(separator: " ").map { (String($0), industries) }
      })
  }()

  // MARK: The person

  private func role(_ words: [String]) -> Grounding.Objection? {
    words.contains { Self.roles.contains($0) && !evidence.holds(formOf: $0) } ? .claim : nil
  }

  private static let roles: Set = [
    "intern", "trainee", "student", "founder", "cofounder", "director", "executive", "president", "chief", "chairman",
  ]

  // MARK: What a rep would act on

  /// Only a text in our own language can be searched for it.
  private func sensitive(_ words: [String]) -> Grounding.Objection? {
    guard evidence.isEnglish else { return nil }
    return words.contains { word in
      Self.sensitive.contains(word) && !evidence.words.contains { WordForms.areAlike($0, word) }
    } ? .claim : nil
  }

  private static let sensitive: Set = [
    "approved", "approval", "board", "acquired", "acquisition", "merger", "merged", "investor", "investors", "funding",
    "funded", "layoffs", "bankrupt", "bankruptcy", "lawsuit", "competitor", "competitors", "dissatisfied", "unhappy",
    "angry", "budget", "deadline", "contract", "signed", "confirmed", "doubled", "doubling", "tripled", "halved",
    "largest", "leading", "biggest", "fastest", "cancel", "cancelled", "cancellation", "expanding", "expansion",
    "growing", "hiring", "partner", "partnership", "reseller", "award", "profitable", "loss", "losses", "renewal",
    "renews", "trial", "pilot", "deadlines", "budgets", "twice", "double", "half", "triple",
  ]

  /// A sentence that shares no word with its facts does not rest on them.
  private func support(_ words: [String]) -> Grounding.Objection? {
    guard evidence.isEnglish, !Self.standings.contains(where: { $0.isMade(by: Set(words)) }) else { return nil }
    let telling = words.filter { !PlainWords.function.contains($0) }
    let isSupported = telling.contains { word in
      evidence.holds(formOf: word) || evidence.country?.isSaid(by: word) == true
        || NumberWord.small[word] != nil || Self.sizes[word] != nil || Self.kinds[word] != nil
    }
    return isSupported || telling.isEmpty ? nil : .claim
  }

  // MARK: Yes and no

  private static let absence: Set = [
    "unknown", "unclear", "mentioned", "stated", "given", "specified", "provided", "indicated", "missing", "named",
  ]

  private static func saysUnknown(_ words: [String]) -> Bool {
    !Set(words).isDisjoint(with: ["unknown", "unclear", "missing"])
  }

  /// What is said to be unknown must be.
  private func absence(_ words: [String]) -> Grounding.Objection? {
    let subject = words.filter { !PlainWords.function.contains($0) && !Self.absence.contains($0) }
    if subject.contains(where: { word in Self.facts[word].map { brief.text(of: $0) != nil } ?? false }) {
      return .claim
    }
    let told = ["message", "description"].compactMap { brief.text(of: $0) }.flatMap { Grounding.words($0) }
    return subject.contains { word in word.count >= 4 && told.contains(word) } ? .claim : nil
  }

  private static let facts = [
    "headcount": "employees", "employees": "employees", "size": "employees", "industry": "industry",
    "sector": "industry", "revenue": "annual_revenue", "turnover": "annual_revenue", "country": "country",
    "location": "country", "title": "title", "role": "title", "position": "title",
    "technologies": "technologies", "tools": "technologies", "large": "employees", "small": "employees",
  ]

  /// Nobody said no to it.
  private func negation(_ words: [String]) -> Grounding.Objection? {
    if Self.standings.contains(where: { $0.isMade(by: Set(words)) }) { return nil }
    let subject = words.filter { !PlainWords.function.contains($0) && !["none", "never", "without"].contains($0) }
    let named = Set(subject.filter { !PlainWords.contains($0) && evidence.words.contains($0) })
    let isSaid = evidence.clauses.contains { clause in
      clause.isNegated && named.isSubset(of: clause.words)
        && (!evidence.isEnglish
          || subject.contains { word in
            !PlainWords.function.contains(word) && clause.words.contains { WordForms.areAlike($0, word) }
          })
    }
    return isSaid ? nil : .claim
  }

  /// What they say that they do not have or do is not said of them without the no.
  private func negated(_ tokens: [SentenceToken]) -> Grounding.Objection? {
    let denied = evidence.clauses.filter(\.isNegated)
    guard !denied.isEmpty else { return nil }
    let affirmed = evidence.clauses.filter { !$0.isNegated }.reduce(into: Set<String>()) { $0.formUnion($1.words) }
    let isTurned = tokens.compactMap(\.word).contains { word in
      !PlainWords.contains(word) && !affirmed.contains(word) && denied.contains { $0.words.contains(word) }
    }
    return isTurned ? .claim : nil
  }
}
