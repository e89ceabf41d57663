import Foundation
import Hiredis
import RevOps
import StoredForms

extension RedisStore {
  public func lead(_ id: LeadID) async throws(StorageError) -> Lead? {
    let key = "baton:{\(id.partition)}:lead:\(id)"
    let document = try await send(RedisCommand("HGET", key, "document", isRepeatable: true))
    guard let data = document.data else { return nil }
    return try StorageError.coding { try StoredJSON.value(Lead.self, from: data) }
  }

  public func commit(_ commit: LeadCommit) async throws(StorageError) -> CommitResult {
    var words = try StorageError.coding { try CommitCommand(commit, now: now()) }
    guard words.isWithinPartition else { return .staleLease }
    while true {
      let current = words
      let answer = try await run(.commit, under: commit.lease, isRepeatable: current.isRepeatable) {
        current.add(to: &$0)
      }
      switch answer.first?.text {
      case "committed": return .committed
      case "lead changed": return .leadChanged
      case "document changed": return .documentChanged
      case "stale": return .staleLease
      case "other": words = try StorageError.coding { try words.keeping(Array(answer.dropFirst()).rows(of: 3)) }
      default: throw .strange
      }
    }
  }

  public func history(of id: LeadID) async throws(StorageError) -> [HistoryEntry] {
    let key = "baton:{\(id.partition)}:lead:\(id):history"
    let entries = try await send(RedisCommand("LRANGE", key, "0", "-1", isRepeatable: true)).list()
    return try StorageError.coding {
      try entries.map { try StoredJSON.value(HistoryEntry.self, from: $0.content()) }
    }
  }

  public func unfinishedLeads(in partition: Partition) async throws(StorageError) -> [LeadID] {
    let key = "baton:{\(partition)}:unfinished"
    return try await leadIDs(send(RedisCommand("ZRANGE", key, "0", "-1", isRepeatable: true)))
  }

  public func document(_ key: String) async throws(StorageError) -> StoredDocument? {
    let found = try await fields(["version", "content"], of: "baton:document:" + key)
    guard found[0] != .null else { return nil }
    return StoredDocument(key: key, version: try found[0].number(), content: try found[1].content())
  }

  public func put(_ changes: [DocumentChange]) async throws(StorageError) -> Bool {
    try await run(.putDocuments, isRepeatable: true) { command in
      command.add(changes.count)
      for document in changes { command.add(document) }
    }.number() == 1
  }

  public func loads(of owners: [String]) async throws(StorageError) -> [String: Int] {
    try await values(of: owners, in: "baton:loads").compactMapValues(\.int)
  }

  public func lastAssignments(of owners: [String]) async throws(StorageError) -> [String: Date] {
    var times: [String: Date] = [:]
    for (owner, value) in try await values(of: owners, in: "baton:assignments") { times[owner] = try value.date() }
    return times
  }

  /// States of a newer release are left out.
  public func counts() async throws(StorageError) -> [LeadState: Int] {
    var counts: [LeadState: Int] = [:]
    for row in try await send(RedisCommand("HGETALL", "baton:counts", isRepeatable: true)).list().rows(of: 2) {
      if let state = row.first?.text.flatMap(LeadState.init), let count = row.last?.int { counts[state] = count }
    }
    return counts
  }

  func leadIDs(_ value: RedisValue) throws(StorageError) -> [LeadID] {
    var ids: [LeadID] = []
    for id in try value.list() { ids.append(try LeadID(stored: id.word())) }
    return ids
  }

  /// Fields of a hash that does not exist are null.
  func fields(_ names: [String], of key: String) async throws(StorageError) -> [RedisValue] {
    let found = try await send(RedisCommand(words: ["HMGET", key] + names, isRepeatable: true)).list()
    guard found.count == names.count else { throw .strange }
    return found
  }

  /// Those of the names that the hash has.
  private func values(of names: [String], in key: String) async throws(StorageError) -> [String: RedisValue] {
    guard !names.isEmpty else { return [:] }
    let found = try await fields(names, of: key)
    return Dictionary(zip(names, found)) { first, _ in first }.filter { $0.value != .null }
  }
}
