import Foundation
import Hiredis
import RevOps
import StoredForms

extension RedisStore {
  public func append(_ delivery: Delivery, now: Date) async throws(StorageError) -> AppendResult {
    let message = delivery.message
    let body = try StorageError.coding { try StoredJSON.text(message) }
    let conflict = try StorageError.coding { try StoredJSON.text(HistoryEntry(conflictOf: message, at: now)) }
    let token = CallToken.make()
    let answer = try await run(.append, isRepeatable: true) { command in
      command.add(delivery.key)
      command.add(token)
      command.add(delivery.bodyHash ?? "")
      command.add(message.id)
      command.add(message.leadID)
      command.add(body)
      command.add(now)
      command.add(now.addingTimeInterval(delivery.keepFor / .seconds(1)))
      command.add(conflict)
    }.list()
    switch (try answer.first?.word(), try answer.last?.word()) {
    case ("duplicate", let lead?): return .duplicate(try LeadID(stored: lead))
    case ("conflict", let lead?): return .conflict(try LeadID(stored: lead))
    case ("appended", _): return .appended
    default: throw .strange
    }
  }

  /// A message that a newer release has left (a command this one does not know) stays where it is until a release that
  /// can read it comes back, and must not keep the others waiting.
  public func pendingMessages(in partition: Partition, limit: Int) async throws(StorageError) -> [PendingMessage] {
    var (messages, last): ([PendingMessage], String) = ([], "")
    while messages.count < limit {
      let wanted = limit - messages.count
      let rows = try await run(.pendingMessages, isRepeatable: true) { command in
        command.add(partition.description)
        command.add(last)
        command.add(wanted)
      }.list().rows(of: 4)
      for row in rows { if let message = try PendingMessage(stored: row) { messages.append(message) } }
      guard rows.count == wanted, let end = try rows.last?.first?.word() else { break }
      last = end
    }
    return messages
  }

  public func begin(message id: String, alone: Bool, lease: Lease) async throws(StorageError) {
    // Running twice without being alone is the same as once; a death must not be counted twice.
    _ = try await runHolding(.beginMessage, lease, isRepeatable: !alone) { command in
      command.add(id)
      command.add(alone)
    }
  }

  public func rest(message id: String, lease: Lease) async throws(StorageError) {
    _ = try await runHolding(.restMessage, lease, isRepeatable: true) { $0.add(id) }
  }

  public func expireDeliveries(now: Date, limit: Int) async throws(StorageError) -> Int {
    try await run(.expireDeliveries, isRepeatable: true) { command in
      command.add(now)
      command.add(limit)
    }.number()
  }

  /// Runs a script that takes away at most a thousand at once, until there is nothing left. Gives how many in all.
  func repeating(
    _ script: Script, _ arguments: (inout RedisCommand) -> Void
  ) async throws(StorageError) -> Int {
    var total = 0
    while true {
      let count = try await run(script, isRepeatable: true, arguments).number()
      total += count
      if count < 1000 { return total }
    }
  }
}

extension PendingMessage {
  /// Nil: of a newer release, or finished between two reads.
  fileprivate init?(stored row: ArraySlice<RedisValue>) throws(StorageError) {
    let row = Array(row)
    guard let body = row[1].data, let message = try? StoredJSON.value(InboxMessage.self, from: body) else { return nil }
    self.init(message: message, wasRunning: row[2].text == "1", deathsAlone: try row[3].number())
  }
}

extension HistoryEntry {
  fileprivate init(conflictOf message: InboxMessage, at now: Date) {
    self.init(at: now, actor: "system", action: "conflict")
    if case .submission(let intake) = message.body { body = intake.raw }
  }
}
