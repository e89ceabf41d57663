import Foundation
import RedisStorage
import RevOps
import SQLiteStorage

/// The store that the settings name: the one place that knows which there are.
struct OpenStore: Sendable {
  let storage: any Storage
  /// As `/ready` calls it.
  let name: String
  /// Several instances may work on it.
  let isShared: Bool
  /// What an operator should know of how safe the data is; nil: nothing.
  let remark: @Sendable () async -> String?
  let close: @Sendable () async throws -> Void

  init(_ settings: BatonEnvironment, now: @escaping @Sendable () -> Date) async throws {
    if let address = settings.redis {
      let store = try await RedisStore.open(address, name: "baton", now: now)
      self.init(
        storage: store, name: "redis", isShared: true, remark: { (try? await store.durabilityRemark()) ?? nil },
        close: { await store.close() })
    } else {
      let file = URL(filePath: settings.dataDirectory).appending(path: "baton.sqlite")
      let store = try await SQLiteStore.open(file: file, now: now)
      self.init(
        storage: store, name: "sqlite", isShared: false, remark: { nil }, close: { try await store.close() })
    }
  }

  private init(
    storage: any Storage, name: String, isShared: Bool, remark: @escaping @Sendable () async -> String?,
    close: @escaping @Sendable () async throws -> Void
  ) {
    self.storage = storage
    self.name = name
    self.isShared = isShared
    self.remark = remark
    self.close = close
  }
}
