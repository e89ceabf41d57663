import Foundation
import RevOps

/// What memory learns of a lead: the latest word that a person said about it, and nothing else. What the pipeline decides
/// by itself is no outcome: whoever can send a form could write memory with it.
struct Remembrance: Sendable {
  let memory: any MemoryStore

  /// A lead has one memory at a time: what was said before of it goes. Repeating it changes nothing.
  func write(_ outcome: String, reason: String?, of lead: Lead, at: Date) async throws(StorageError) {
    _ = try await memory.forgetMemories(of: lead.id)
    guard outcome != AccountOutcome.withdrawn,
      let record = AccountMemory(of: lead, outcome: outcome, reason: reason, at: at)
    else { return }
    try await memory.remember(record)
  }

  /// What a person's decision has to say to memory; what was said is withdrawn when it no longer holds (undo, release).
  static func effects(of decision: DeskDecision, on before: Lead, _ writer: EffectWriter) -> [Effect] {
    if let said = decision.remember { return [writer.remember(outcome: said.outcome, reason: said.reason)] }
    let now = AccountOutcome(decision.lead)
    guard now != AccountOutcome(before) else { return [] }
    let reason = decision.lead.state == .closed ? decision.lead.desk.outcome?.reason : nil
    return [writer.remember(outcome: now?.rawValue ?? AccountOutcome.withdrawn, reason: reason)]
  }
}
