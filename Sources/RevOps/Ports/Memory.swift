import Foundation

/// What became of an account: the unit of memory. One per account and kind of outcome; writing it again replaces it.
/// Kinds are deal (won, lost, meeting booked), refusal (disqualified) and course (nurtured, claimed).
public struct AccountMemory: Codable, Sendable, Equatable {
  /// Fixed: the account's domain (or the lead's id where there is none) and the kind of outcome.
  public var id: String
  /// Its domain, else the company's name.
  public var account: String
  public var outcome: String
  public var reason: String?
  public var at: Date
  public var industry: String?
  public var country: String?
  public var employees: Int?
  public var leadID: LeadID
  /// Unit length. Comparable only within one model.
  public var vector: [Float]
  public var model: String

  public init(
    id: String, account: String, outcome: String, reason: String?, at: Date, industry: String?, country: String?,
    employees: Int?, leadID: LeadID, vector: [Float], model: String
  ) {
    self.id = id
    self.account = account
    self.outcome = outcome
    self.reason = reason
    self.at = at
    self.industry = industry
    self.country = country
    self.employees = employees
    self.leadID = leadID
    self.vector = vector
    self.model = model
  }
}

/// Memory of past accounts inside the store.
public protocol MemoryStore: Sendable {
  func remember(_ memory: AccountMemory) async throws(StorageError)
  /// The nearest by cosine, best first, of the same model; `excluding` names an account that must not come back.
  func nearest(to vector: [Float], model: String, limit: Int, excluding account: String?) async throws(StorageError)
    -> [(memory: AccountMemory, similarity: Double)]
  /// All of one lead's. Returns how many.
  func forgetMemories(of lead: LeadID) async throws(StorageError) -> Int
}
