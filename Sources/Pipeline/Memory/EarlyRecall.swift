import RevOps
import Synchronization

/// A recall that runs while the lead is scored and routed. Lost with the process, it is simply made again.
final class EarlyRecall: Sendable {
  private let task = Mutex<Task<RecallStage.Found, Never>?>(nil)

  /// How long a card waits for it.
  static let budget: Duration = .seconds(2)

  /// Another one that was begun is given up: the facts are others now.
  func begin(_ stage: RecallStage, _ facts: LeadFacts) {
    let begun = Task { await stage(facts) }
    task.withLock { task in
      task?.cancel()
      task = begun
    }
  }

  /// What it found, begun now if it was not before.
  func result(_ stage: RecallStage, _ facts: LeadFacts) async -> RecallStage.Found {
    if task.withLock({ $0 == nil }) { begin(stage, facts) }
    guard let begun = task.withLock({ $0 }) else { return RecallStage.Found() }
    return await within(Self.budget) { await begun.value } ?? RecallStage.Found(warning: RecallStage.notChecked)
  }

  /// Nobody waits for it any more.
  func end() { task.withLock { $0 }?.cancel() }
}
