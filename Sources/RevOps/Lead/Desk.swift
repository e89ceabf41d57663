import Foundation

/// Who has a lead, since when, and what has been posted and written about it.
public struct Desk: Codable, Sendable, Equatable {
  public var team: String?
  /// Folded e-mail address of the person it is assigned to or claimed by.
  public var owner: String?
  public var assignedAt: Date?
  /// When an assignee outside their hours comes on shift: the mention and the clocks wait until then.
  public var startsAt: Date?
  /// Whose turn in which team's rotation this lead has taken; nil when it took none.
  public var turn: Turn?
  public var claimedAt: Date?
  public var firstTouchAt: Date?
  public var deliveredAt: Date?
  public var outcome: Outcome?
  /// The owner of an earlier lead of the same person.
  public var previousOwner: String?
  /// That earlier lead: its card is linked.
  public var previousLead: LeadID?
  /// Open leads of other people of the same company, in other teams' hands.
  public var siblings: [LeadID]?
  /// When a person or a submission last did something with it.
  public var touchedAt: Date?
  /// Why a person has to decide whatever the score says.
  public var reviewReason: String?
  /// Who gave it back or let it pass: not offered to them again.
  public var declinedBy: [String]
  /// When a nurtured lead is looked at again.
  public var revisitAt: Date?
  /// What brought it back to somebody after a time in nurture.
  public var returned: String?
  /// The promise that runs.
  public var clock: DeskClock?
  /// Who was given it and did not claim it in time, in that order.
  public var passedBy: [String]?
  /// Due times of the timers that are set, by `LeadTimer.Kind`: what a commit compares the lead with.
  public var alarms: [String: Date]?
  /// Grows with each change of owner or state; names effects.
  public var decision: Int
  /// The one live card.
  public var card: PostedMessage?
  /// Everything posted about the lead, the live card included.
  public var notifications: [PostedMessage]
  public var crm: CRMRecord
  /// The last change, while it can be taken back.
  public var undo: Undo?

  public init() {
    declinedBy = []
    decision = 0
    notifications = []
    crm = CRMRecord()
  }

  public struct Turn: Codable, Sendable, Equatable {
    public var team: String
    public var member: String
    /// Whom the turn was divided among: what crediting it exactly needs.
    public var sharedBy: [RotationState.Contender]

    public init(team: String, member: String, sharedBy: [RotationState.Contender] = []) {
      self.team = team
      self.member = member
      self.sharedBy = sharedBy
    }
  }

  /// What a person may take back for ten minutes, if nothing changed since.
  public struct Undo: Codable, Sendable, Equatable {
    public var by: String
    public var at: Date
    /// The decision number that the change made: a later one means that something changed since.
    public var decision: Int
    public var action: String
    public var state: LeadState
    public var owner: String?
    public var team: String?
    public var turn: Turn?
    public var claimedAt: Date?
    public var outcome: Outcome?

    public init(
      by: String, at: Date, decision: Int, action: String, state: LeadState, owner: String?, team: String?,
      turn: Turn?, claimedAt: Date?, outcome: Outcome?
    ) {
      self.by = by
      self.at = at
      self.decision = decision
      self.action = action
      self.state = state
      self.owner = owner
      self.team = team
      self.turn = turn
      self.claimedAt = claimedAt
      self.outcome = outcome
    }
  }
}

/// A message in a channel. `timestamp` is Slack's message id within the channel: text, never a number.
public struct PostedMessage: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable {
    case card
    case triage
    case thread
    case direct
    /// A line in a channel that is not its card's.
    case notice
  }

  public var channel: String
  public var timestamp: String
  public var kind: Kind

  public init(channel: String, timestamp: String, kind: Kind) {
    self.channel = channel
    self.timestamp = timestamp
    self.kind = kind
  }

  enum CodingKeys: String, CodingKey {
    case channel
    case timestamp = "ts"
    case kind
  }
}

/// What the CRM write-back has done so far: a repeat goes on after the last step.
public struct CRMRecord: Codable, Sendable, Equatable {
  public var contactID: String?
  public var companyID: String?
  public var associated: Bool
  /// The owner (folded e-mail address) that was last written for the decision of that number.
  public var ownerWritten: String?
  /// Which owner that is not ours the thread has been told of: `nobody`, `unknown`.
  public var ownerRemark: String?
  /// The deal that said how the lead ended.
  public var deal: ClosedDeal?
  /// The CRM's id of the owner whom the record had when we were last done with it.
  public var ownerSeen: String?
  /// The status last written.
  public var statusWritten: String?
  /// Marker → id of each note and task.
  public var notes: [String: String]
  public var tasks: [String: String]
  /// Why a step was left out ("owner has no HubSpot seat"), for card and manager.
  public var remarks: [String]

  public init() {
    associated = false
    notes = [:]
    tasks = [:]
    remarks = []
  }
}
