import Foundation

/// A shared limit on calls, so that several instances together keep to it.
public protocol Limiters: Sendable {
  /// Reserves one call in the bucket: how long to wait before making it. Tokens refill evenly; at most `count` at once.
  func reserve(_ bucket: String, count: Int, per: Duration, now: Date) async throws(StorageError) -> Duration
  /// Counts towards a daily limit (UTC day of `now`); false: the limit is reached and nothing was counted.
  func countToday(_ counter: String, limit: Int, now: Date) async throws(StorageError) -> Bool
}

/// Answers of paid look-ups, misses included.
public protocol LookupCache: Sendable {
  /// The stored bytes and when they were stored, however old.
  func cached(_ key: String) async throws(StorageError) -> (content: Data, at: Date)?
  func cache(_ key: String, content: Data, at: Date) async throws(StorageError)
  func forgetCached(prefix: String) async throws(StorageError) -> Int
  /// Forgets what was stored at that time or earlier, the oldest first and no more than `limit`. Returns how many; fewer
  /// than `limit`: there are no more.
  func expireCached(upTo time: Date, limit: Int) async throws(StorageError) -> Int
}

/// Configuration versions that made decisions.
public protocol PolicyArchive: Sendable {
  func keep(policy: Policy) async throws(StorageError)
  func policy(version: String) async throws(StorageError) -> Policy?
}

/// All that a store does. One adapter passes the whole conformance suite or is none.
public protocol Storage:
  Inbox, Leads, Outbox, Timers, Leases, MemoryStore, Limiters, LookupCache, PolicyArchive, Documents
{
  /// Reads and writes something small: whether the store can be worked with now.
  func check() async throws(StorageError)
}

/// Why the store could not do it.
public struct StorageError: Error, Sendable, Equatable {
  public enum Cause: String, Sendable {
    /// Busy or away: the same call may go through later.
    case unavailable
    case full
    case staleLease
    /// What is stored cannot be read: a newer format or damage.
    case unreadable
    case shutDown
  }

  public var cause: Cause
  /// For a person; no personal data.
  public var detail: String

  public init(_ cause: Cause, _ detail: String) {
    self.cause = cause
    self.detail = detail
  }
}
