import Foundation
import Synchronization

/// What look-ups saw a moment ago, so that the write-back of the same lead need not ask again.
struct Sightings: Sendable {
  /// Addresses that no contact had. HubSpot itself refuses a second contact of an address, so this may be old.
  let absentContacts = RecentlySeen<Void>(for: 600)
  /// Domains that no company had: for less long than a person needs to type one in.
  let absentDomains = RecentlySeen<Void>(for: 30)
  /// Companies by id: what was empty is taken to be empty still.
  let companies = RecentlySeen<HubSpotObject>(for: 15)
}

/// Values that are worth something for a short time.
final class RecentlySeen<Value: Sendable>: Sendable {
  private let lifetime: TimeInterval
  private let seen = Mutex<[String: (value: Value, at: Date)]>([:])
  /// With more than this what is old is dropped, and if nothing is, everything: it is asked for again.
  private static var capacity: Int { 10_000 }

  init(for lifetime: TimeInterval) { self.lifetime = lifetime }

  func note(_ key: String, _ value: Value, at now: Date) {
    seen.withLock { seen in
      if seen.count >= Self.capacity { seen = seen.filter { isFresh($0.value.at, now) } }
      if seen.count >= Self.capacity { seen = [:] }
      seen[key] = (value, now)
    }
  }

  func value(of key: String, at now: Date) -> Value? {
    seen.withLock { $0[key].flatMap { isFresh($0.at, now) ? $0.value : nil } }
  }

  func forget(_ key: String) { seen.withLock { $0[key] = nil } }

  private func isFresh(_ at: Date, _ now: Date) -> Bool { (0..<lifetime).contains(now.timeIntervalSince(at)) }
}
