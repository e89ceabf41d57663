import Foundation

extension AccountMemory {
  /// What memory keeps of a lead. Nil: the account has no name to call it by, or no fact to compare it by.
  ///
  /// - Parameters:
  ///   - outcome: an `AccountOutcome`; that of another release counts as a kind of its own.
  ///   - reason: a person's words. Nothing of the lead's own text is kept, and its words only as hashed features.
  public init?(of lead: Lead, outcome: String, reason: String?, at: Date) {
    guard let facts = lead.facts, let account = Self.account(of: facts),
      let vector = LocalEmbedding.vector(AccountFacts(facts))
    else { return nil }
    let known = facts.normalized
    let kind = AccountOutcome(rawValue: outcome)?.kind ?? outcome
    self.init(
      id: "\(known.domain ?? lead.id.description)/\(kind)", account: account, outcome: outcome, reason: reason, at: at,
      industry: known.industry, country: known.country, employees: known.employees, leadID: lead.id, vector: vector,
      model: LocalEmbedding.model)
  }

  /// What an account is called in memory: its domain, else the company's name.
  public static func account(of facts: LeadFacts) -> String? { facts.normalized.domain ?? facts.normalized.company }
}
