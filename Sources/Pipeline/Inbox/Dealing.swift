import Foundation
import RevOps

/// Gives a lead to somebody by the rules and keeps the books of turns, within one change of a lead. The turns are locked
/// by whoever uses it.
struct Dealing {
  let runner: LeadRunner
  let policy: Policy
  /// Who owns records in the CRM; nil: not known.
  let owners: Set<String>?
  let now: Date
  /// As this change leaves them.
  private var rotations: [String: RotationDocument] = [:]
  private var taken: [DocumentChange] = []

  init(_ runner: LeadRunner, policy: Policy, owners: Set<String>?, now: Date) {
    self.runner = runner
    self.policy = policy
    self.owners = owners
    self.now = now
  }

  /// What the commit has to store of it.
  var documents: [DocumentChange] { taken + rotations.values.compactMap { $0.changed(to: $0.state) } }

  /// Returns and charges turns, on the rotations as they are now.
  mutating func apply(_ turns: [DeskDecision.TurnChange]) async throws(StorageError) {
    for change in turns {
      let turn: Desk.Turn =
        switch change {
        case .charge(let turn), .credit(let turn): turn
        }
      var document: RotationDocument
      if let known = rotations[turn.team] {
        document = known
      } else {
        document = try await RotationDocument.read(team: turn.team, from: runner.dependencies.storage)
      }
      let sharers = turn.sharedBy.isEmpty ? nil : turn.sharedBy
      switch change {
      case .charge: document.state.charge(turn.member, sharedBy: sharers)
      case .credit: document.state.credit(turn.member, sharedBy: sharers)
      }
      rotations[turn.team] = document
    }
  }

  /// Gives the lead to somebody who has not given it back. Gives the new owner.
  mutating func assign(_ transition: inout Transition) async throws(StorageError) -> String? {
    guard let facts = transition.lead.facts, let routed = transition.lead.routed else { return nil }
    let storage = runner.dependencies.storage
    try await runner.keep(policy)
    let stage = RouteStage(policy: policy, storage: storage, activeOwners: owners, rotations: rotations)
    let result = try await stage(
      facts, score: routed.scored.score.score, path: .qualify, declined: Set(transition.lead.desk.declinedBy), now: now)
    let decision = result.answer.decision
    // An account owner who gave it back is not asked again: the lead is the channel's.
    let owner = decision.owner.flatMap { transition.lead.desk.declinedBy.contains($0) ? nil : $0 }
    transition.lead.reroute(decision, result.basis)
    transition.lead.desk.team = decision.team ?? transition.lead.desk.team
    transition.lead.desk.owner = owner
    transition.lead.desk.turn = result.answer.turn
    transition.lead.desk.assignedAt = owner == nil ? nil : now
    transition.lead.desk.startsAt = owner == nil ? nil : result.answer.startsAt
    if let change = result.rotation, let turn = result.answer.turn {
      rotations[turn.team] = nil
      taken.append(change)
    }
    if let owner {
      transition.history.append(
        HistoryEntry(at: now, actor: "system", action: "assigned", to: owner, reason: decision.reason))
    }
    return owner
  }
}
