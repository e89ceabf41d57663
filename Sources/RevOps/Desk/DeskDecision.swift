import Foundation

/// What a person's command comes to: the lead as it stands then, and what is said about it to whom.
public struct DeskDecision: Sendable, Equatable {
  /// A change in a team's rotation that goes with it.
  public enum TurnChange: Sendable, Equatable {
    case charge(Desk.Turn)
    case credit(Desk.Turn)
  }

  public var lead: Lead
  /// False: nothing changed, only an answer is due.
  public var changed: Bool
  public var history: [HistoryEntry] = []
  /// The compact line in the thread.
  public var line: String?
  /// The new owner to be mentioned in that line.
  public var mention: String?
  /// For the person who acted, privately.
  public var answer: String?
  public var turns: [TurnChange] = []
  /// The lead has to be given to somebody by the rules (qualified by hand, released).
  public var needsAssignment = false
  /// What memory should keep.
  public var remember: (outcome: String, reason: String?)?

  public static func == (left: Self, right: Self) -> Bool {
    left.lead == right.lead && left.changed == right.changed && left.history == right.history
      && left.line == right.line && left.mention == right.mention && left.answer == right.answer
      && left.turns == right.turns && left.needsAssignment == right.needsAssignment
      && left.remember?.outcome == right.remember?.outcome && left.remember?.reason == right.remember?.reason
  }

  public static func refused(_ lead: Lead, _ answer: String) -> DeskDecision {
    var decision = DeskDecision(lead: lead, changed: false)
    decision.answer = answer
    return decision
  }

  init(lead: Lead, changed: Bool) {
    self.lead = lead
    self.changed = changed
  }
}
