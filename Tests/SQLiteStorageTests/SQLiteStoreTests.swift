import Foundation
import GRDB
import RevOps
import TestSupport
import Testing

@testable import SQLiteStorage

@Suite struct SQLiteStoreTests {
  let stores: TestStores

  init() throws { stores = try TestStores() }

  @Test func `the writer syncs every commit fully, in WAL mode`() async throws {
    let store = try await stores.make()
    let settings = try await store.pool.writeWithoutTransaction { database in
      [
        try String.fetchOne(database, sql: "PRAGMA synchronous"),
        try String.fetchOne(database, sql: "PRAGMA journal_mode"),
      ]
    }
    // 2 is FULL.
    #expect(settings == ["2", "wal"])
  }

  @Test func `one write's failure does not undo those of its group`() async throws {
    let store = try await stores.make()
    let outcomes = await withTaskGroup(of: Result<Int, StorageError>.self) { group in
      for number in 0..<100 {
        group.addTask {
          do throws(StorageError) {
            return .success(
              try await store.write { database in
                try database.run("INSERT INTO assignments VALUES (?, ?)", ["rep\(number)", Double(number)])
                if number.isMultiple(of: 3) { throw StorageError(.unreadable, "refused") }
                return number
              })
          } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 == .failure(StorageError(.unreadable, "refused")) } == 34)
    let stored = try await store.read { try $0.int("SELECT count(*) FROM assignments") }
    #expect(stored == 66)
  }

  @Test func `what was written is there when the store was dropped without closing`() async throws {
    let file = stores.newFile()
    let lead = Lead.stored()
    let delivery = lead.delivered(key: "form/1")
    try await {
      let store = try await stores.open(file)
      #expect(try await store.append(delivery, now: lead.intake.receivedAt) == .appended)
    }()
    let copy = try await stores.openWhenFree(file)
    #expect(try await copy.pendingMessages(in: lead.id.partition, limit: 9).map(\.message) == [delivery.message])
  }

  @Test func `a second service is kept out until the first closes; an observer is not`() async throws {
    let file = stores.newFile()
    let store = try await stores.open(file)
    await #expect(throws: StorageError(.unavailable, "another Baton is working on this store")) {
      try await stores.open(file)
    }
    let observer = try await stores.open(file, role: .observer)
    #expect(try await observer.counts() == [:])
    await #expect(throws: StorageError(.unavailable, "the store was opened for reading only")) {
      try await observer.check()
    }
    try await observer.close()
    try await store.close()
    try await stores.open(file).close()
  }

  @Test func `an observer leaves the service's leases as they are`() async throws {
    let file = stores.newFile()
    let store = try await stores.open(file)
    let leases = try await store.acquire(Partition.all, instance: "one", for: .seconds(60))
    _ = try await stores.open(file, role: .observer)
    #expect(try await store.renew(leases, instance: "one", for: .seconds(60)) == leases)
  }

  @Test func `after reopening every earlier lease is void`() async throws {
    let file = stores.newFile()
    let store = try await stores.open(file)
    let lead = Lead.stored()
    let old = try await store.acquire([lead.id.partition], instance: "one", for: .seconds(600))
    try await store.close()
    let later = try await stores.open(file)
    #expect(try await later.renew(old, instance: "one", for: .seconds(60)).isEmpty)
    let work = LeadCommit(lease: try #require(old.first), leads: [lead])
    #expect(try await later.commit(work) == .staleLease)
    #expect(try await later.acquire([lead.id.partition], instance: "two", for: .seconds(60)).count == 1)
  }

  @Test func `a closed store refuses everything as shut down`() async throws {
    let store = try await stores.make()
    try await store.close()
    try await store.close()
    for call in [{ try await store.check() }, { _ = try await store.counts() }] as [@Sendable () async throws -> Void] {
      await #expect { try await call() } throws: { ($0 as? StorageError)?.cause == .shutDown }
    }
  }

  @Test func `what waits when the store closes is written first`() async throws {
    let file = stores.newFile()
    let store = try await stores.open(file)
    let lead = Lead.stored()
    let appended = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          (try? await store.append(lead.delivered(key: "form/\(number)"), now: .now)) == .appended
        }
      }
      group.addTask {
        try? await store.close()
        return false
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    let later = try await stores.open(file)
    #expect(try await later.pendingMessages(in: lead.id.partition, limit: 999).count == appended)
  }

  @Test func `only their owner can read the store's files`() async throws {
    let file = stores.newFile()
    let store = try await stores.open(file)
    try await store.check()
    for suffix in ["", "-wal", "-shm", ".lock"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path + suffix)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(suffix)")
    }
  }

  @Test func `a file that is no store is unreadable, and its name and content stay out of the error`() async throws {
    let file = stores.newFile()
    try Data("ada@acme.example was here, and this is no database at all".utf8).write(to: file)
    await #expect {
      try await stores.open(file)
    } throws: {
      ($0 as? StorageError)?.cause == .unreadable && !"\($0)".contains("acme")
    }
  }

  @Test func `a full disk is told as full, and the store works again when there is room`() async throws {
    let store = try await stores.make()
    let lead = Lead.stored()
    let limit = try await store.pool.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      return try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages)") ?? 0
    }
    #expect(limit > 0)
    await #expect {
      for number in 0..<5000 { _ = try await store.append(lead.delivered(key: "form/\(number)"), now: .now) }
    } throws: {
      ($0 as? StorageError)?.cause == .full
    }
    _ = try await store.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA max_page_count = 1000000") }
    #expect(try await store.append(lead.delivered(key: "later"), now: .now) == .appended)
  }

  @Test func `a copy made while writing is whole and has what was written before`() async throws {
    let store = try await stores.make()
    let lead = Lead.stored()
    for number in 0..<20 { _ = try await store.append(lead.delivered(key: "form/\(number)"), now: .now) }
    let target = stores.newFile()
    async let more: Void = {
      for number in 20..<60 { _ = try await store.append(lead.delivered(key: "form/\(number)"), now: .now) }
    }()
    try await store.backup(to: target)
    try await more
    let copy = try await stores.open(target)
    let count = try await copy.pendingMessages(in: lead.id.partition, limit: 999).count
    #expect((20...60).contains(count))
    let integrity = try await copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
    #expect(integrity == "ok")
    #expect(!FileManager.default.fileExists(atPath: target.path + ".partial"))
  }
}
