import RevOps
import Synchronization

/// Work on leads beside their mailboxes, one piece for each: what waits for services long and decides little.
final class SideWork: Sendable {
  private struct State {
    var tasks: [LeadID: Task<Void, Never>] = [:]
    var hasEnded = false
  }

  private let state = Mutex(State())

  /// Nothing is begun while the lead's last piece runs, or at the end.
  func begin(_ lead: LeadID, _ work: @escaping @Sendable () async -> Void) {
    state.withLock { state in
      guard !state.hasEnded, state.tasks[lead] == nil else { return }
      state.tasks[lead] = Task {
        await work()
        self.state.withLock { $0.tasks[lead] = nil }
      }
    }
  }

  var isIdle: Bool { state.withLock { $0.tasks.isEmpty } }

  /// Cancels what runs and waits for it.
  func end() async {
    let tasks = state.withLock { state in
      state.hasEnded = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }
}
