/// Lets one task at a time bring the copy of the memories up to date: two at once could put an older state over a newer.
actor Refreshing {
  private var last: Task<Void, Never>?

  /// Runs after whatever was asked for before.
  func run<Value: Sendable>(
    _ work: @escaping @Sendable () async -> Value
  ) async -> Value {
    let before = last
    let task = Task {
      await before?.value
      return await work()
    }
    last = Task { _ = await task.value }
    return await task.value
  }
}
