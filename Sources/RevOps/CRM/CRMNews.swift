import Foundation

/// What somebody did in the CRM that a lead may have to follow, as its records were read. Whether it is news is decided
/// in the lead's own order.
public enum CRMNews: Codable, Sendable, Equatable {
  case contact(ContactNews)
  case deal(ClosedDeal)
  /// A deal of that id is open, which has been closed.
  case reopened(deal: String)

  /// False: the lead has changed hands, or has been written to the CRM, since the record was read.
  public func isCurrent(on lead: Lead) -> Bool {
    switch self {
    case .contact(let news): news.basis == ContactNews.Basis(lead)
    case .deal, .reopened: true
    }
  }
}

/// A contact as it was read.
public struct ContactNews: Codable, Sendable, Equatable {
  /// How the lead stood when the contact was read.
  public struct Basis: Codable, Sendable, Equatable {
    public var decision: Int
    public var ownerWritten: String?

    public init(_ lead: Lead) {
      decision = lead.desk.decision
      ownerWritten = lead.desk.crm.ownerWritten
    }
  }

  public var contactID: String
  public var owner: CRMOwner
  /// Whether the lead's own owner can own records there: if not, what the contact shows was never ours.
  public var canOwn: Bool
  public var engagements: [CRMEngagement]
  public var basis: Basis

  public init(contactID: String, owner: CRMOwner, canOwn: Bool, engagements: [CRMEngagement], basis: Basis) {
    self.contactID = contactID
    self.owner = owner
    self.canOwn = canOwn
    self.engagements = engagements
    self.basis = basis
  }
}

/// Who owns a record.
public enum CRMOwner: Codable, Sendable, Equatable {
  case nobody
  /// `email` is folded.
  case person(id: String, email: String)
  /// Somebody who has left, or who is not among the account's owners.
  case unknown

  public var email: String? { if case .person(_, let email) = self { email } else { nil } }
}

/// Something that a person did with a contact, logged in the CRM.
public struct CRMEngagement: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case call
    case email
    case meeting
    /// The contact shows when somebody was in touch, and nothing else can be read of it.
    case activity
  }

  public var kind: Kind
  public var by: CRMOwner
  public var at: Date

  public init(kind: Kind, by owner: CRMOwner, at: Date) {
    self.kind = kind
    by = owner
    self.at = at
  }
}

/// A deal that was won or lost.
public struct ClosedDeal: Codable, Sendable, Equatable {
  public var id: String
  public var outcome: Outcome
  public var at: Date

  public init(id: String, outcome: Outcome, at: Date) {
    self.id = id
    self.outcome = outcome
    self.at = at
  }

  /// Of several deals of one lead the one closed last says how it ended, in whatever order they are told.
  func isLater(than other: ClosedDeal) -> Bool { (at, id) > (other.at, other.id) }
}

extension RoutingPolicy {
  /// The address or the owner's id under which the CRM knows a rep.
  public func crmName(of rep: String) -> String {
    teams.lazy.flatMap(\.members).first { $0.email == rep && $0.hubspot != nil }?.hubspot ?? rep
  }

  /// The rep behind an owner in the CRM: the two may know them by different addresses. Somebody of no team is who they
  /// are there.
  public func rep(_ owner: CRMOwner) -> String? {
    guard case .person(let id, let email) = owner else { return nil }
    let members = teams.flatMap(\.members)
    let known = members.first { $0.hubspot.map { $0 == id || EmailAddress.identity(of: $0) == email } ?? false }
    return known?.email ?? email
  }
}
