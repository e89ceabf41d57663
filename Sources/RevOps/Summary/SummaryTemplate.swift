/// The summary that needs no model: each sentence is made of known facts, and a sentence without facts is left out.
public enum SummaryTemplate {
  /// At most eight plain sentences: who they are, why now, similar accounts, what to do next.
  public static func bullets(_ facts: LeadFacts, similar: [SimilarAccount], missing: [String]) -> [String] {
    [
      person(facts), company(facts), means(facts.normalized), reason(facts.payload), request(facts.payload),
      account(facts.crm), comparable(similar), next(facts),
    ].compactMap(\.self)
  }

  /// What a model's sentences are completed with: the account and the next step are known better than any model can
  /// put them, and what became of similar accounts is never left out.
  public static func completing(
    _ sentences: [String], _ facts: LeadFacts, similar: [SimilarAccount]
  ) -> [String] {
    let names = similar.map { TextFolding.fold($0.account) }
    let tellsSimilar = sentences.contains { sentence in names.contains { TextFolding.fold(sentence).contains($0) } }
    let tellsNext = sentences.contains { TextFolding.fold($0).hasPrefix("next") }
    let ending = [tellsSimilar ? nil : comparable(similar), tellsNext ? nil : next(facts)].compactMap(\.self)
    return Array(sentences.prefix(8 - ending.count)) + ending
  }

  // MARK: Who they are

  private static func person(_ facts: LeadFacts) -> String? {
    let lead = facts.normalized
    guard let name = lead.fullName else { return lead.title.map { "Title: \($0)" } }
    let title = lead.title.map { ", \($0)" } ?? ""
    let place = [lead.city, lead.country.map(CountryName.of)].compactMap(\.self).joined(separator: ", ")
    return name + title + (place.isEmpty ? "" : ", in \(place)")
  }

  private static func company(_ facts: LeadFacts) -> String? {
    let lead = facts.normalized
    guard let name = lead.company ?? lead.domain else { return nil }
    var parts: [String] = []
    if let industry = lead.industry { parts.append(industry) }
    if let employees = lead.employees { parts.append(employees == 1 ? "1 person" : "\(employees) people") }
    if let founded = lead.foundedYear { parts.append("founded \(founded)") }
    return parts.isEmpty ? name : "\(name): \(parts.joined(separator: ", "))"
  }

  /// What it earns and what it works with.
  private static func means(_ lead: NormalizedLead) -> String? {
    let revenue = lead.annualRevenue.map { "annual revenue \($0)" }
    let tools = lead.technologies.prefix(5).joined(separator: ", ")
    let parts = [tools.isEmpty ? nil : "uses \(tools)", revenue].compactMap(\.self).joined(separator: ", ")
    return parts.isEmpty ? nil : parts.prefix(1).uppercased() + parts.dropFirst()
  }

  // MARK: Why now

  /// The beginning of their own words.
  private static func reason(_ payload: LeadPayload) -> String? {
    let words = (payload.message ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty else { return nil }
    return "They write: “\(gist(words))”"
  }

  /// The first sentence if it is short, else as many words as fit.
  private static func gist(_ words: String) -> String {
    let limit = 120
    guard words.count > limit else { return words }
    let head = words.prefix(limit)
    if let end = head.lastIndex(where: { ".!?。！？".contains($0) }),
      head.distance(from: head.startIndex, to: end) >= 30
    {
      return String(head[...end])
    }
    let blank = head.lastIndex { $0 == " " }
    return String(head[..<(blank ?? head.endIndex)]) + "…"
  }

  private static func request(_ payload: LeadPayload) -> String? {
    let product = payload.product.map { " about \($0)" } ?? ""
    let source = payload.source.map { " through \($0)" } ?? ""
    return product.isEmpty && source.isEmpty ? nil : "Came to us\(source)\(product)"
  }

  // MARK: What we know of them

  private static func account(_ crm: CRMFacts) -> String? {
    guard crm.checked else { return nil }
    let owner = crm.accountOwner.map { ", owned by \($0)" } ?? ""
    return switch crm.accountStage {
    case .customer: "Already a customer\(owner)"
    case .openDeal: "Open deal\(crm.dealOwner.map { " with \($0)" } ?? owner)"
    case .known: "Known to the CRM\(owner)"
    case .none: "New to the CRM"
    }
  }

  private static func comparable(_ similar: [SimilarAccount]) -> String? {
    guard let first = similar.first else { return nil }
    let outcome = AccountOutcome.label(of: first.outcome)
    return "Most like \(first.account): \(outcome)" + (first.reason.map { " (\($0))" } ?? "")
  }

  // MARK: Next step

  private static func next(_ facts: LeadFacts) -> String? {
    if facts.crm.accountStage == .openDeal { return "Next: tell the deal's owner before writing" }
    if facts.payload.message != nil { return "Next: answer the message below" }
    return facts.normalized.phone == nil ? "Next: write by e-mail" : "Next: call, or write by e-mail"
  }
}
