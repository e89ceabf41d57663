import Foundation
import RevOps

/// What memory learns of a lead: the latest word that a person said about it, and nothing else. What the pipeline decides
/// by itself is no outcome: whoever can send a form could write memory with it.
enum Remembrance {
  /// What a person's decision has to say to memory; what was said is withdrawn when it no longer holds (undo, release).
  static func effects(of decision: DeskDecision, on before: Lead, _ writer: EffectWriter) -> [Effect] {
    if let said = decision.remember { return [writer.remember(outcome: said.outcome, reason: said.reason)] }
    let now = AccountOutcome(decision.lead)
    guard now != AccountOutcome(before) else { return [] }
    let reason = decision.lead.state == .closed ? decision.lead.desk.outcome?.reason : nil
    return [writer.remember(outcome: now?.rawValue ?? AccountOutcome.withdrawn, reason: reason)]
  }
}
