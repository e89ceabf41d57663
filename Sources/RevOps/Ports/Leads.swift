import Foundation

/// Everything that changes together: leads, the work that is finished, what is to be done next, and the audit.
///
/// All or nothing, durable when it returns. Refused as a whole if a lead's or a document's version is not the expected
/// one, or the lease is not the partition's latest.
public struct LeadCommit: Sendable {
  public var lease: Lease
  /// Each with the version it was read with (0: new); stored with version + 1. All in the lease's partition.
  public var leads: [Lead]
  /// Inbox messages whose work ends here.
  public var finishedMessages: [String]
  public var effects: [Effect]
  public var finishedEffects: [EffectCompletion]
  public var timers: [LeadTimer]
  public var cancelledTimers: [String]
  /// In order, each with its lead.
  public var history: [(lead: LeadID, entry: HistoryEntry)]
  public var documents: [DocumentChange]

  public init(lease: Lease, leads: [Lead] = []) {
    self.lease = lease
    self.leads = leads
    finishedMessages = []
    effects = []
    finishedEffects = []
    timers = []
    cancelledTimers = []
    history = []
    documents = []
  }
}

public enum CommitResult: Sendable, Equatable {
  case committed
  /// A lead was changed by somebody else: read it again and decide again.
  case leadChanged
  /// A document was changed by somebody else (a rotation): read it again and decide again.
  case documentChanged
  /// Another instance holds the partition now: stop working on it.
  case staleLease
}

/// A small versioned document shared by leads of all partitions, such as a team's rotation.
public struct StoredDocument: Sendable, Equatable {
  /// `rotation/emea-fintech`
  public var key: String
  /// 0: does not exist yet.
  public var version: Int
  public var content: Data

  public init(key: String, version: Int, content: Data) {
    self.key = key
    self.version = version
    self.content = content
  }
}

/// A document to be stored if its version is still `document.version`; it becomes one more.
public typealias DocumentChange = StoredDocument

public struct LeadQuery: Sendable, Equatable {
  public var state: LeadState?
  public var owner: String?
  /// Folded e-mail address.
  public var identity: String?
  /// Registrable domain.
  public var domain: String?
  /// Leaves out deliveries that joined another lead.
  public var leavesOutMerged = false
  /// Opaque, from the page before.
  public var cursor: String?
  /// 1…200
  public var limit: Int

  public init(
    state: LeadState? = nil, owner: String? = nil, identity: String? = nil, domain: String? = nil,
    cursor: String? = nil, limit: Int = 50
  ) {
    self.state = state
    self.owner = owner
    self.identity = identity
    self.domain = domain
    self.cursor = cursor
    self.limit = limit
  }
}

public struct LeadPage: Sendable, Equatable {
  /// Newest first.
  public var leads: [Lead]
  public var nextCursor: String?

  public init(leads: [Lead], nextCursor: String?) {
    self.leads = leads
    self.nextCursor = nextCursor
  }
}

public protocol Leads: Sendable {
  /// The lead as stored under exactly this id (`mergedInto` is for the caller to follow).
  func lead(_ id: LeadID) async throws(StorageError) -> Lead?
  func commit(_ commit: LeadCommit) async throws(StorageError) -> CommitResult
  /// Oldest first.
  func history(of id: LeadID) async throws(StorageError) -> [HistoryEntry]
  func leads(_ query: LeadQuery) async throws(StorageError) -> LeadPage
  /// Leads whose person's or company's name, or e-mail address, begins with the folded text. Newest first.
  func leads(matching folded: String, limit: Int) async throws(StorageError) -> [Lead]
  /// Open leads (delivered, claimed, worked, in review, or assigned and about to be delivered) per owner; owners without
  /// any are absent.
  func loads(of owners: [String]) async throws(StorageError) -> [String: Int]
  /// When each was last assigned a lead; owners who never were are absent.
  func lastAssignments(of owners: [String]) async throws(StorageError) -> [String: Date]
  /// The ids in `received` or `processing` in a partition: work that a restart goes on with.
  func unfinishedLeads(in partition: Partition) async throws(StorageError) -> [LeadID]
  /// How many leads stand in each state.
  func counts() async throws(StorageError) -> [LeadState: Int]
  func document(_ key: String) async throws(StorageError) -> StoredDocument?
}
