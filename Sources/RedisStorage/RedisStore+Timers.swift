import Foundation
import Hiredis
import RevOps
import StoredForms

extension RedisStore {
  public func dueTimers(in partition: Partition, now: Date, limit: Int) async throws(StorageError) -> [LeadTimer] {
    try await timers(in: partition, until: "\(now.stored)", limit: limit)
  }

  public func timers(of lead: LeadID) async throws(StorageError) -> [LeadTimer] {
    let rows = try await run(.leadTimers, isRepeatable: true) { command in
      command.add(lead.partition.description)
      command.add(lead)
    }.list().rows(of: 2)
    var timers: [LeadTimer] = []
    for row in rows { if let timer = try LeadTimer(stored: row) { timers.append(timer) } }
    return timers.sorted { ($0.due, $0.key) < ($1.due, $1.key) }
  }

  public func nextTimer(in partition: Partition, after now: Date) async throws(StorageError) -> Date? {
    try await earliest(in: "baton:{\(partition)}:timers:due", after: now)
  }

  /// Those of a kind that this release does not know are passed over: they wait for one that does.
  private func timers(in partition: Partition, until end: String, limit: Int) async throws(StorageError) -> [LeadTimer]
  {
    var timers: [LeadTimer] = []
    var passed = 0
    while timers.count < limit {
      let wanted = limit - timers.count
      let rows = try await run(.dueTimers, isRepeatable: true) { command in
        command.add(partition.description)
        command.add(end)
        command.add(passed)
        command.add(wanted)
      }.list().rows(of: 2)
      for row in rows { if let timer = try LeadTimer(stored: row) { timers.append(timer) } }
      guard rows.count == wanted else { break }
      passed += rows.count
    }
    return timers
  }
}

extension LeadTimer {
  /// Nil for a kind of a newer release.
  fileprivate init?(stored row: ArraySlice<RedisValue>) throws(StorageError) {
    let row = Array(row)
    let words = try row[1].word().split(separator: " ")
    guard words.count == 3, let due = Double(words[2]) else { throw .strange }
    guard let kind = Kind(rawValue: String(words[1])) else { return nil }
    self.init(
      key: try row[0].word(), leadID: try LeadID(stored: String(words[0])), kind: kind, due: Date(stored: due))
  }
}
