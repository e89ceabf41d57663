import Foundation
import RevOps

extension StorageConformance {
  static let documents: [Case] = [
    Case("64 concurrent updaters of one document, reading again when refused, lose no update") { (harness: Harness) in
      let store = try await harness.make()
      let lease = try await store.lease(Partition.all[7])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<64 { group.addTask { try await store.countUp("rotation/a", lease: lease) } }
        try await group.waitForAll()
      }
      let document = try await harness.restart(store).document("rotation/a")
      try expect(document?.content, is: Data("64".utf8), "the sum")
      try expect(document?.version, is: 64, "the version")
    },
    Case("documents without a lead are stored all or none, and only on the version they were read with") {
      (harness: Harness) in
      let store = try await harness.make()
      let first = StoredDocument(key: "roster", version: 0, content: Data("1".utf8))
      let log = StoredDocument(key: "roster/log", version: 0, content: Data("a".utf8))
      try expect(try await store.put([first, log]), is: true, "new ones")
      let second = StoredDocument(key: "roster", version: 1, content: Data("2".utf8))
      try expect(try await store.put([second, log]), is: false, "one of them changed meanwhile")
      try expect(try await store.document("roster")?.content, is: Data("1".utf8), "nothing of it")
      try expect(try await store.put([second]), is: true, "on the version that is there")
      let kept = try await harness.restart(store).document("roster")
      try expect(kept?.content, is: Data("2".utf8), "the content after a restart")
      try expect(kept?.version, is: 2, "the version after a restart")
    },
  ]
}

extension Storage {
  fileprivate func countUp(_ key: String, lease: Lease) async throws {
    while true {
      let old = try await document(key)
      let count = old.flatMap { Int(String(decoding: $0.content, as: UTF8.self)) } ?? 0
      var work = LeadCommit(lease: lease)
      work.documents = [StoredDocument(key: key, version: old?.version ?? 0, content: Data("\(count + 1)".utf8))]
      switch try await commit(work) {
      case .committed: return
      case .documentChanged: continue
      case let other: throw ConformanceFailure(description: "refused as \(other)")
      }
    }
  }
}
