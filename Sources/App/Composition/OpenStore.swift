import Foundation
import RedisStorage
import RevOps
import SQLiteStorage

/// The store that the settings name: the one place that knows which there are.
struct OpenStore: Sendable {
  /// What it is opened for.
  enum Role: Sendable {
    case service
    /// To look while services may be working on it: every write is refused. There has to be a store.
    case observer
  }

  let storage: any Storage
  /// As `/ready` calls it.
  let name: String
  /// Several instances may work on it.
  let isShared: Bool
  /// What an operator should know of how safe the data is; nil: nothing.
  let remark: @Sendable () async -> String?
  let close: @Sendable () async throws -> Void

  init(
    _ settings: BatonEnvironment, role: Role = .service, now: @escaping @Sendable () -> Date = { Date() }
  ) async throws {
    if let address = settings.redis {
      let store = try await RedisStore.open(
        address, role: role == .observer ? .observer : .service, name: role == .observer ? "baton-observer" : "baton",
        now: now)
      self.init(
        storage: store, name: "redis", isShared: true, remark: { (try? await store.durabilityRemark()) ?? nil },
        close: { await store.close() })
    } else {
      let file = URL(filePath: settings.dataDirectory).appending(path: "baton.sqlite")
      if role == .observer, !FileManager.default.fileExists(atPath: file.path) {
        throw StorageError(.unavailable, "there is no store yet: no service has run with this folder")
      }
      let store = try await SQLiteStore.open(file: file, role: role == .observer ? .observer : .service, now: now)
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
