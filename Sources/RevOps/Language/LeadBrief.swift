import Foundation

/// What a language model is given of a lead: facts under fixed keys, without what tells who the person is, within a
/// token budget. The same facts are what its answer is checked against.
public struct LeadBrief: Sendable, Equatable {
  /// In order; each value is a text, a number or a list of texts.
  public private(set) var facts: JSONObject
  /// Past accounts, for the summary.
  public private(set) var similar: [JSONObject]

  /// Under this key the past accounts are named as what a sentence rests on.
  public static let similarKey = "similar"

  public init(_ facts: LeadFacts, similar: [SimilarAccount] = [], maxTokens: Int = .max) {
    let personal = PersonalData(facts)
    self.facts = BriefFacts(facts, personal).object
    self.similar = similar.prefix(5).map { Self.account($0, personal) }
    shrink(to: maxTokens)
  }

  /// The one JSON value of the user message.
  public var json: JSONValue {
    var value: JSONObject = ["lead": .object(facts)]
    if !similar.isEmpty { value[Self.similarKey] = .array(similar.map { .object($0) }) }
    return .object(value)
  }

  /// The words of a fact; nil: there is no fact of that key.
  public func text(of key: String) -> String? {
    if key == Self.similarKey {
      return similar.isEmpty ? nil : similar.map { Self.text(.object($0)) }.joined(separator: " ")
    }
    return facts[Self.plain(key)].map { Self.text($0) }
  }

  /// A number among the facts; nil: unknown, or no number.
  func number(of key: String) -> ExactDecimal? {
    if case .number(let text) = facts[key] { ExactDecimal(text) } else { nil }
  }

  /// Models name a fact with or without the object in which it stands.
  static func plain(_ key: String) -> String { key.hasPrefix("lead.") ? String(key.dropFirst(5)) : key }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text), .number(let text): text
    case .array(let items): items.map { text($0) }.joined(separator: ", ")
    case .object(let object): object.members.map { text($0.value) }.joined(separator: ", ")
    case .bool(let flag): flag ? "yes" : "no"
    case .null: ""
    }
  }

  // MARK: Past accounts

  private static func account(_ account: SimilarAccount, _ personal: PersonalData) -> JSONObject {
    var object = JSONObject()
    object["account"] = .string(account.account)
    object["outcome"] = .string(AccountOutcome.label(of: account.outcome))
    if let reason = account.reason { object["reason"] = .string(String(personal.removed(from: reason).prefix(200))) }
    object["why_similar"] = .string(account.why)
    return object
  }

  // MARK: Within the budget

  /// Past accounts go first, then the longest texts of strangers, then whatever comes last.
  private mutating func shrink(to limit: Int) {
    func isTooLong() -> Bool { TokenEstimate.of(json.jsonText) > limit }
    while isTooLong(), !similar.isEmpty { similar.removeLast() }
    for key in ["message", "description"] {
      var tokens = 300
      while isTooLong(), tokens >= 75, let text = facts[key]?.string {
        facts[key] = .string(TokenEstimate.cut(text, to: tokens))
        tokens /= 2
      }
    }
    while isTooLong(), let last = facts.keys.last { facts[last] = nil }
  }
}

extension PersonalData {
  /// Whether one of the name's longer words is a part of this one: `adalovelace`.
  func isNamed(in word: String) -> Bool {
    let folded = TextFolding.fold(word)
    return longerNames.contains { folded.contains($0) }
  }
}

/// Puts the facts together, each without what tells who the person is.
private struct BriefFacts {
  private(set) var object = JSONObject()
  private let personal: PersonalData

  init(_ facts: LeadFacts, _ personal: PersonalData) {
    self.personal = personal
    addCompany(facts.normalized)
    addPerson(facts.normalized)
    add(Self.account(facts.crm), as: "account")
    addRequest(facts.payload)
  }

  private mutating func addCompany(_ lead: NormalizedLead) {
    // A company named after its founder is not named: half a name would be an invention.
    if let company = lead.company, personal.isFree(company) { add(company, as: "company") }
    if let domain = lead.domain, isImpersonal(domain) { object["domain"] = .string(domain) }
    add(lead.industry, as: "industry")
    add(lead.employees, as: "employees")
    add(lead.annualRevenue, as: "annual_revenue")
    add(lead.foundedYear, as: "founded_year")
    add(lead.description, as: "description", tokens: 200)
    add(lead.technologies.prefix(15), as: "technologies")
  }

  private mutating func addPerson(_ lead: NormalizedLead) {
    add(lead.title, as: "title")
    add(lead.seniority.map { Self.words($0.rawValue) }, as: "seniority")
    add(lead.department.map { Self.words($0.rawValue) }, as: "department")
    add(lead.city, as: "city")
    add(lead.country.map { CountryName.of($0) }, as: "country")
    add(lead.emailType.rawValue, as: "email_type")
  }

  private mutating func addRequest(_ payload: LeadPayload) {
    add(payload.product, as: "product")
    add(payload.source, as: "source")
    add(payload.language.map(LanguageName.of), as: "language")
    add(payload.tags.prefix(10), as: "tags")
    add(payload.message, as: "message", tokens: 600)
    for (name, value) in payload.custom.sorted(by: { $0.key < $1.key }).prefix(12) {
      let name = String(name.prefix(60))
      if personal.isFree(name) { add(value, as: "custom." + name) }
    }
  }

  private mutating func add(_ text: String?, as key: String, tokens: Int = 60) {
    guard let text = text.map({ personal.removed(from: $0) }), text.contains(where: { !$0.isWhitespace }) else {
      return
    }
    object[key] = .string(TokenEstimate.cut(text, to: tokens))
  }

  private mutating func add(_ number: Int?, as key: String) {
    if let number { object[key] = .int(number) }
  }

  private mutating func add(_ list: ArraySlice<String>, as key: String) {
    let items = list.map { JSONValue.string(personal.removed(from: String($0.prefix(60)))) }
    if !items.isEmpty { object[key] = .array(items) }
  }

  /// Only its own name is looked at: the form of a domain is that of a link.
  private func isImpersonal(_ domain: String) -> Bool {
    let name = String(domain.prefix { $0 != "." })
    return personal.isFree(name.replacing("-", with: " ")) && !personal.isNamed(in: name)
  }

  private static func words(_ value: String) -> String { value.replacing("_", with: " ") }

  private static func account(_ crm: CRMFacts) -> String? {
    guard crm.checked else { return nil }
    return switch crm.accountStage {
    case .customer: "already a customer"
    case .openDeal: "has an open deal with us"
    case .known: "known to the CRM"
    case .none: "new to the CRM"
    }
  }
}

/// Countries in English, for sentences.
enum CountryName {
  static func of(_ code: String) -> String { Locale(identifier: "en_GB").localizedString(forRegionCode: code) ?? code }
}

/// Languages in English; what is no code stays as it is.
enum LanguageName {
  static func of(_ code: String) -> String {
    let primary = code.prefix { $0.isASCII && $0.isLetter }
    guard (2...3).contains(primary.count), code.count <= 12 else { return code }
    return Locale(identifier: "en_GB").localizedString(forLanguageCode: primary.lowercased()) ?? code
  }
}
