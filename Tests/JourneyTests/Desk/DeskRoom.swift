/// Few desks are open at once: each is a process or several, and all share two cores.
actor DeskRoom {
  static let shared = DeskRoom(seats: 3)

  private var seats: Int
  private var line: [(seats: Int, continuation: CheckedContinuation<Void, Never>)] = []

  init(seats: Int) { self.seats = seats }

  /// - Parameter wanted: no more than there are.
  nonisolated func enter<Value: Sendable>(
    seats wanted: Int = 1, _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    await sit(wanted)
    do {
      let value = try await body()
      await leave(wanted)
      return value
    } catch {
      await leave(wanted)
      throw error
    }
  }

  /// In the order in which they came: who wants several seats is not passed by those who want one.
  private func sit(_ wanted: Int) async {
    if line.isEmpty, seats >= wanted {
      seats -= wanted
      return
    }
    await withCheckedContinuation { line.append((wanted, $0)) }
  }

  private func leave(_ had: Int) {
    seats += had
    while let first = line.first, first.seats <= seats {
      seats -= first.seats
      line.removeFirst().continuation.resume()
    }
  }
}
