import Foundation

/// Work received and not yet done.
public struct InboxMessage: Codable, Sendable, Equatable, Identifiable {
  public enum Body: Codable, Sendable, Equatable {
    case submission(Intake)
    case command(DeskCommand)
    case crmEvent(CRMEvent)
  }

  /// In the order in which a partition's messages are read: what people did before what came in, each in the order of
  /// arrival.
  public var id: String
  public var leadID: LeadID
  public var body: Body
  public var receivedAt: Date

  public init(id: String, leadID: LeadID, body: Body, receivedAt: Date) {
    self.id = id
    self.leadID = leadID
    self.body = body
    self.receivedAt = receivedAt
  }

  /// What somebody did: whoever clicked looks at the screen, so it is read before all leads that wait.
  public init(command: DeskCommand, on lead: LeadID, at now: Date, random: inout some RandomNumberGenerator) {
    // "!" comes before all digits and letters.
    self.init(id: "!" + ULID.make(now: now, random: &random), leadID: lead, body: .command(command), receivedAt: now)
  }

  /// Whether somebody acted and looks at what comes of it.
  public var isCommand: Bool {
    if case .command(let command) = body { command.actor != .crm } else { false }
  }
}

/// A message with the identity of its delivery.
public struct Delivery: Sendable, Equatable {
  /// Who sent it and under which name: scope and delivery id. Two deliveries with one key are one.
  public var key: String
  /// Hash of the decoded body; another hash under the same key is a conflict. Nil where the body cannot differ.
  public var bodyHash: String?
  /// How long the key is remembered.
  public var keepFor: Duration
  public var message: InboxMessage

  public init(key: String, bodyHash: String?, keepFor: Duration, message: InboxMessage) {
    self.key = key
    self.bodyHash = bodyHash
    self.keepFor = keepFor
    self.message = message
  }
}

public enum AppendResult: Sendable, Equatable {
  /// Stored durably.
  case appended
  /// Seen before: the lead id that the first one got.
  case duplicate(LeadID)
  /// The key was seen with another body: the new body has been kept in that lead's history, nothing else happens.
  case conflict(LeadID)
}

/// A message and how often it has been begun.
public struct PendingMessage: Sendable, Equatable {
  public var message: InboxMessage
  /// Begun and neither finished nor given back: the process died meanwhile.
  public var wasRunning: Bool
  /// How often it died while it was the only work running.
  public var deathsAlone: Int

  public init(message: InboxMessage, wasRunning: Bool, deathsAlone: Int) {
    self.message = message
    self.wasRunning = wasRunning
    self.deathsAlone = deathsAlone
  }
}

/// What one instance learns of the others.
public enum Arrival: Sendable, Equatable {
  /// A message was appended to the partition.
  case message(Partition)
  /// An instance gave leases back.
  case freedLeases
  /// Anything may have happened: for some time nothing could be heard.
  case unknown
}

/// Durable, unique deliveries. A message leaves the inbox only by the commit that its work ends in.
public protocol Inbox: Sendable {
  /// Returns after the message is on disk. Of any number of appends with one key, at once or later, one is `.appended`.
  func append(_ delivery: Delivery, now: Date) async throws(StorageError) -> AppendResult

  /// What waits in a partition, by id.
  func pendingMessages(in partition: Partition, limit: Int) async throws(StorageError) -> [PendingMessage]

  /// Counts an attempt before the work: marks the message as running. With `alone`, its death count grows by one (and
  /// the mark's removal, in `rest` or by a commit, sets it back to 0).
  func begin(message id: String, alone: Bool, lease: Lease) async throws(StorageError)

  /// Takes the running mark back without finishing: the work goes on later.
  func rest(message id: String, lease: Lease) async throws(StorageError)

  /// Forgets delivery keys that are past their time, the oldest first and no more than `limit`, so that nobody waits
  /// behind one long write. Returns how many; fewer than `limit`: there are no more.
  func expireDeliveries(now: Date, limit: Int) async throws(StorageError) -> Int

  /// What happens from now on, by any instance. A hint: the store is the truth. Ends when the store closes.
  func arrivals() -> AsyncStream<Arrival>
}

extension Inbox {
  /// A store of one instance: who appends there also works there, and says so itself.
  public func arrivals() -> AsyncStream<Arrival> { AsyncStream { $0.finish() } }
}
