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

  /// The same as another model sees it. It stands beside the other in a store; `accountKey` is the same.
  public func drawn(by model: String, _ vector: [Float]) -> AccountMemory {
    guard model != self.model else { return self }
    var memory = self
    memory.id = accountKey + Self.separator + model
    memory.model = model
    memory.vector = vector
    return memory
  }

  /// Account and kind of outcome: of two memories with the same key the later one counts.
  public var accountKey: String { id.split(separator: Self.separator, maxSplits: 1).first.map(String.init) ?? id }

  /// In no domain and in no lead's id.
  private static let separator = "#"

  /// What an account is called in memory: its domain, else the company's name.
  public static func account(of facts: LeadFacts) -> String? { facts.normalized.domain ?? facts.normalized.company }
}
