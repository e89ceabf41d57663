/// Everything that conditions, people and the card may know of a lead: the canonical facts, where each is from, the
/// form's own words, and the account.
public struct LeadFacts: Codable, Sendable, Equatable {
  public var normalized: NormalizedLead
  /// The source of each fact that is known; a list counts as one fact.
  public var sources: [Field: Source]
  public var payload: LeadPayload
  public var crm: CRMFacts

  public init(normalized: NormalizedLead, sources: [Field: Source], payload: LeadPayload, crm: CRMFacts) {
    self.normalized = normalized
    self.sources = sources
    self.payload = payload
    self.crm = crm
  }
}
