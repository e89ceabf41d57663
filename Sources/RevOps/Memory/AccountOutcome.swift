/// What a person can say that became of an account. The raw value is what memory and the lead's JSON hold.
public enum AccountOutcome: String, Sendable, CaseIterable {
  case won
  case lost
  case meetingBooked = "meeting_booked"
  case disqualified
  case nurtured
  case claimed

  /// In place of an outcome: what was said of the lead was taken back, and memory keeps nothing of it.
  public static let withdrawn = "withdrawn"

  /// Where a lead stands by what people did with it; nil: nobody has said anything yet.
  public init?(_ lead: Lead) {
    switch lead.state {
    case .closed:
      guard let result = lead.desk.outcome?.result else { return nil }
      self.init(rawValue: result.rawValue)
    case .claimed, .worked: self = .claimed
    case .nurturing: self = .nurtured
    case .disqualified: self = .disqualified
    case .received, .processing, .delivered, .inReview, .parked, .merged: return nil
    }
  }

  /// Outcomes of one kind replace one another. A student who is turned away does not undo what the company bought.
  var kind: String {
    switch self {
    case .won, .lost, .meetingBooked: "deal"
    case .disqualified: "refusal"
    case .nurtured, .claimed: "course"
    }
  }

  /// How much is settled; of equally similar accounts the more settled one teaches more.
  public var finality: Int {
    switch self {
    case .won, .lost: 3
    case .meetingBooked, .disqualified: 2
    case .nurtured: 1
    case .claimed: 0
    }
  }

  /// For people, in the middle of a sentence. An outcome of another release is shown as it is.
  public static func label(of outcome: String) -> String {
    outcome == meetingBooked.rawValue ? "meeting booked" : outcome
  }
}
