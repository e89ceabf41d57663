import Foundation

/// Whom a team gives a lead to, and why nobody else.
public struct AssignmentOutcome: Sendable, Equatable {
  /// Why there is no owner.
  public enum Unassigned: String, Codable, Sendable, CaseIterable {
    /// `assignment: none`: the channel claims.
    case channelClaims = "channel_claims"
    /// Somebody would have got it but for their number of open leads: the first with room gets it.
    case atCapacity = "at_capacity"
    /// Nobody is on shift or comes on shift within the horizon of `WorkingClock`.
    case nobodyAvailable = "nobody_available"
    /// Another team takes it: `overflowTeam`.
    case overflow
  }

  public var owner: String?
  /// Why `owner` is nil.
  public var unassigned: Unassigned?
  /// Every member in the order of the policy, with the first gate that failed. Under `wait` and `anyone` the owner may
  /// have one too: what was waited for, or passed over.
  public var candidates: [RoutingTrace.Candidate]
  /// Charged if a turn was taken, else as given.
  public var rotation: RotationState
  public var tookTurn: Bool
  /// Whom the turn was divided among; keep them with the lead to credit it exactly (`RotationState.credit`).
  public var sharedBy: [RotationState.Contender]
  /// When the owner's shift starts and with it the clock; nil: it runs from now.
  public var waitUntil: Date?
  /// The team that takes the lead instead. Whoever follows it must remember where they have been: teams may name each
  /// other.
  public var overflowTeam: String?

  init(candidates: [RoutingTrace.Candidate], rotation: RotationState) {
    self.candidates = candidates
    self.rotation = rotation
    tookTurn = false
    sharedBy = []
  }
}
