import Foundation
import RedisStorage
import RevOps

/// Whether the store can be worked with. Nothing is written to it: services may be working on it.
struct StoreExamination: Sendable {
  let settings: BatonEnvironment

  func findings() async -> [Finding] {
    do {
      return try await settings.redis == nil ? sqlite() : redis()
    } catch let error as StorageError {
      return [failing(error.detail)]
    } catch {
      return [failing("\(error)")]
    }
  }

  private func sqlite() async throws -> [Finding] {
    let folder = URL(filePath: settings.dataDirectory)
    let file = folder.appending(path: "baton.sqlite").path
    let files = FileManager.default
    guard files.fileExists(atPath: file) else {
      guard let ground = Self.existing(folder), files.isWritableFile(atPath: ground) else {
        return [failing("\(folder.path) cannot be written to")]
      }
      return [ok("sqlite: none yet, the first start makes it in \(folder.path)")]
    }
    guard files.isWritableFile(atPath: file), files.isWritableFile(atPath: folder.path) else {
      return [failing("\(file) cannot be written to")]
    }
    try await look()
    return [ok("sqlite: \(file) can be read; looked at without writing, a service may be at work on it")]
  }

  private func redis() async throws -> [Finding] {
    guard let address = settings.redis else { return [] }
    let state = try await RedisStore.examine(address)
    let remark = state.remark.map { Finding("store", "durability", .warning, $0, remedy: "set appendfsync always") }
    guard state.isUsed else {
      return [ok("redis: \(address) is fit and still empty: no service has worked with it")]
        + [remark].compactMap(\.self)
    }
    try await look()
    return [ok("redis: \(address) can be read; looked at without writing")] + [remark].compactMap(\.self)
  }

  /// Opens it as somebody who only looks, and reads what a start reads.
  private func look() async throws {
    let store = try await OpenStore(settings, role: .observer)
    let result: Result<Void, StorageError>
    do throws(StorageError) {
      _ = try await store.storage.leads(LeadQuery(limit: 1))
      result = .success(())
    } catch { result = .failure(error) }
    // What it was read for is known by now.
    try? await store.close()
    try result.get()
  }

  /// The folder, or the nearest one above it that is there.
  private static func existing(_ folder: URL) -> String? {
    var folder = folder.standardizedFileURL
    while !FileManager.default.fileExists(atPath: folder.path) {
      guard folder.path != "/" else { return nil }
      folder.deleteLastPathComponent()
    }
    return folder.path
  }

  private func ok(_ detail: String) -> Finding { Finding("store", "store", .ok, detail) }

  private func failing(_ detail: String) -> Finding {
    Finding(
      "store", "store", .failing, "\(settings.redis == nil ? "sqlite" : "redis"): \(detail)",
      remedy: settings.redis == nil
        ? "see BATON_DATA_DIR, the rights on that folder and the disk" : "see REDIS_URL and the configuration of Redis")
  }
}
