import ServiceLifecycle

/// Keeps the store open until everything that works on it has stopped, then closes it.
struct StoreService: Service {
  let store: OpenStore

  func run() async throws {
    try? await gracefulShutdown()
    try await store.close()
  }
}
