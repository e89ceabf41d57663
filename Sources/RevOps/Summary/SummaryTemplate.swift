import Foundation

/// The summary that needs no model: each sentence is made of known facts, and a sentence without facts is left out.
public enum SummaryTemplate {
  /// Two to eight plain sentences: who they are, what they want, what we know of the account, what to do next.
  public static func bullets(_ facts: LeadFacts, similar: [SimilarAccount], missing: [String]) -> [String] {
    [
      person(facts), company(facts), account(facts), request(facts),
      comparable(similar), next(facts),
    ].compactMap { $0 }
  }

  private static func person(_ facts: LeadFacts) -> String? {
    let lead = facts.normalized
    guard let name = lead.fullName else { return lead.title.map { "Title: \($0)" } }
    let title = lead.title.map { ", \($0)" } ?? ""
    let place = [lead.city, lead.country.map(countryName)].compactMap { $0 }.joined(separator: ", ")
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

  private static func account(_ facts: LeadFacts) -> String? {
    let crm = facts.crm
    guard crm.checked else { return nil }
    let owner = crm.accountOwner.map { ", owned by \($0)" } ?? ""
    return switch crm.accountStage {
    case .customer: "Already a customer\(owner)"
    case .openDeal: "Open deal\(crm.dealOwner.map { " with \($0)" } ?? owner)"
    case .known: "Known to the CRM\(owner)"
    case .none: nil
    }
  }

  private static func request(_ facts: LeadFacts) -> String? {
    let payload = facts.payload
    let product = payload.product.map { " about \($0)" } ?? ""
    let source = payload.source.map { " through \($0)" } ?? ""
    if !product.isEmpty || !source.isEmpty { return "Came to us\(source)\(product)" }
    return nil
  }

  private static func comparable(_ similar: [SimilarAccount]) -> String? {
    guard let first = similar.first else { return nil }
    let outcome = AccountOutcome.label(of: first.outcome)
    return "Most like \(first.account): \(outcome)" + (first.reason.map { " (\($0))" } ?? "")
  }

  private static func next(_ facts: LeadFacts) -> String? {
    if facts.crm.accountStage == .openDeal { return "Next: tell the deal's owner before writing" }
    if facts.payload.message != nil { return "Next: answer the message below" }
    return facts.normalized.phone == nil ? "Next: write by e-mail" : "Next: call, or write by e-mail"
  }

  private static func countryName(_ code: String) -> String {
    Locale(identifier: "en_GB").localizedString(forRegionCode: code) ?? code
  }
}
