/// Where a lead stands, as people and `GET /admin/leads` see it.
public enum LeadState: String, Codable, Sendable, CaseIterable {
  case received
  case processing
  case delivered
  case claimed
  case worked
  case inReview = "in_review"
  case nurturing
  case closed
  case disqualified
  case parked
  case merged
}

/// What scoring decided to do with a lead.
public enum Path: String, Codable, Sendable, CaseIterable {
  case qualify
  case manualReview = "manual_review"
  case nurture
  case disqualify
}

/// How a lead ended.
public struct Outcome: Codable, Sendable, Equatable {
  public enum Result: String, Codable, Sendable, CaseIterable {
    case won
    case lost
    case meetingBooked = "meeting_booked"
    case disqualified
  }

  public var result: Result
  public var reason: String?
  /// In the currency of the account; decimal digits as a person wrote them, without separators.
  public var amount: String?

  public init(result: Result, reason: String? = nil, amount: String? = nil) {
    self.result = result
    self.reason = reason
    self.amount = amount
  }
}
