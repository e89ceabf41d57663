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
  /// Those of one model that are about leads of a partition, after a lead, in the order of the leads.
  func memories(of model: String, in partition: Partition, after lead: LeadID?, limit: Int) async throws(StorageError)
    -> [AccountMemory]
  /// All of one lead's. Returns how many.
  func forgetMemories(of lead: LeadID) async throws(StorageError) -> Int
}

/// Turns texts into vectors, somewhere else. Vectors of two models are never compared.
public struct Embedding: Sendable {
  /// Stored with each vector and asked for in each search.
  public var model: String
  /// Nil: as many numbers as the model gives.
  public var dimension: Int?
  /// One vector for each text, in their order.
  public var vectors: @Sendable (_ texts: [String]) async throws(ServiceError) -> [[Float]]

  public init(
    model: String, dimension: Int?,
    vectors: @escaping @Sendable (_ texts: [String]) async throws(ServiceError) -> [[Float]]
  ) {
    self.model = model
    self.dimension = dimension
    self.vectors = vectors
  }
}

/// Memory of past accounts in a service of its own, beside the one in the store. What is written may take a while to be
/// found.
public struct MemoryIndex: Sendable {
  /// What vectors it takes.
  public struct Shape: Sendable, Equatable {
    /// As people know it.
    public var name: String
    public var dimension: Int
    /// Nil: it does not say.
    public var metric: String?

    public init(name: String, dimension: Int, metric: String?) {
      self.name = name
      self.dimension = dimension
      self.metric = metric
    }
  }

  /// As the service says it now.
  public var shape: @Sendable () async throws(ServiceError) -> Shape
  /// Replaces what it holds of the same lead.
  public var put: @Sendable (AccountMemory) async throws(ServiceError) -> Void
  public var forget: @Sendable (_ leads: [LeadID]) async throws(ServiceError) -> Void
  /// As `MemoryStore.nearest`; what cannot be read is left out.
  public var nearest:
    @Sendable (_ vector: [Float], _ model: String, _ limit: Int, _ excluding: String?) async throws(ServiceError)
      -> [(memory: AccountMemory, similarity: Double)]

  public init(
    shape: @escaping @Sendable () async throws(ServiceError) -> Shape,
    put: @escaping @Sendable (AccountMemory) async throws(ServiceError) -> Void,
    forget: @escaping @Sendable ([LeadID]) async throws(ServiceError) -> Void,
    nearest:
      @escaping @Sendable ([Float], String, Int, String?) async throws(ServiceError)
      -> [(memory: AccountMemory, similarity: Double)]
  ) {
    self.shape = shape
    self.put = put
    self.forget = forget
    self.nearest = nearest
  }
}
