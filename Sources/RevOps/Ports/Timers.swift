import Foundation

/// Something to be looked at when its time comes. Set and cancelled by commits.
public struct LeadTimer: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable {
    /// The assignee comes on shift: mention them now.
    case shiftStart = "shift_start"
    case revisit
    case accept
    case firstTouch = "first_touch"
    /// Somebody may have room for a lead that all were too busy for.
    case handOver = "hand_over"
    /// Ask the services again that gave no answer.
    case lateFacts = "late_facts"
  }

  /// Lead, kind, decision: setting the same key again moves it.
  public var key: String
  public var leadID: LeadID
  public var kind: Kind
  public var due: Date

  public init(key: String, leadID: LeadID, kind: Kind, due: Date) {
    self.key = key
    self.leadID = leadID
    self.kind = kind
    self.due = due
  }
}

public protocol Timers: Sendable {
  /// Due ones, oldest first. A timer goes away by a commit that names its key in `cancelledTimers`.
  func dueTimers(in partition: Partition, now: Date, limit: Int) async throws(StorageError) -> [LeadTimer]
  func timers(of lead: LeadID) async throws(StorageError) -> [LeadTimer]
  /// When the first timer of the partition that is due after `now` is due; nil: none.
  func nextTimer(in partition: Partition, after now: Date) async throws(StorageError) -> Date?
}
