import Foundation

/// A contact as the CRM shows it now.
public struct CRMContact: Sendable, Equatable {
  public var id: String
  /// All its e-mail addresses, folded.
  public var addresses: [String]
  public var owner: CRMOwner
  /// The lead that Baton wrote it for.
  public var leadID: LeadID?
  public var createdAt: Date?
  /// When somebody last called, mailed or met the person.
  public var lastContactedAt: Date?
  /// By the CRM's names, those with a value.
  public var properties: [String: String]

  public init(
    id: String, addresses: [String], owner: CRMOwner, leadID: LeadID? = nil, createdAt: Date? = nil,
    lastContactedAt: Date? = nil, properties: [String: String] = [:]
  ) {
    self.id = id
    self.addresses = addresses
    self.owner = owner
    self.leadID = leadID
    self.createdAt = createdAt
    self.lastContactedAt = lastContactedAt
    self.properties = properties
  }
}

/// A deal as the CRM shows it now.
public struct CRMDeal: Sendable, Equatable {
  /// Nil: it is still open.
  public var closed: ClosedDeal?
  /// The folded addresses of each of its people.
  public var people: [[String]]
  /// Registrable domains of its companies.
  public var domains: [String]

  public init(closed: ClosedDeal?, people: [[String]], domains: [String]) {
    self.closed = closed
    self.people = people
    self.domains = domains
  }
}

/// The CRM's records as they are now, for whoever was told that one has changed.
public struct CRMRecords: Sendable {
  /// Nil: it is gone.
  public var contact: @Sendable (_ id: String) async throws(ServiceError) -> CRMContact?
  /// What was done with a contact since then.
  public var engagements: @Sendable (_ contact: String, _ since: Date) async throws(ServiceError) -> [CRMEngagement]
  /// The ids of the contacts that somebody engaged with.
  public var engaged: @Sendable (_ kind: CRMEngagement.Kind, _ id: String) async throws(ServiceError) -> [String]
  /// Nil: it is gone.
  public var deal: @Sendable (_ id: String) async throws(ServiceError) -> CRMDeal?
  /// At most 100 contacts at once, those that are gone left out, for whoever is not told and has to look.
  public var contacts: @Sendable (_ ids: [String]) async throws(ServiceError) -> [CRMContact]
  /// The ids of closed deals that were changed in that time.
  public var closedDeals: @Sendable (_ time: Range<Date>) async throws(ServiceError) -> [String]
  /// The same of deals that are open.
  public var openDeals: @Sendable (_ time: Range<Date>) async throws(ServiceError) -> [String]
  /// Whether the CRM tells of changes by itself; if not, somebody has to look.
  public var announcesChanges: Bool

  public init(
    contact: @escaping @Sendable (String) async throws(ServiceError) -> CRMContact?,
    engagements: @escaping @Sendable (String, Date) async throws(ServiceError) -> [CRMEngagement],
    engaged: @escaping @Sendable (CRMEngagement.Kind, String) async throws(ServiceError) -> [String],
    deal: @escaping @Sendable (String) async throws(ServiceError) -> CRMDeal?,
    contacts: @escaping @Sendable ([String]) async throws(ServiceError) -> [CRMContact],
    closedDeals: @escaping @Sendable (Range<Date>) async throws(ServiceError) -> [String],
    openDeals: @escaping @Sendable (Range<Date>) async throws(ServiceError) -> [String], announcesChanges: Bool
  ) {
    self.contact = contact
    self.engagements = engagements
    self.engaged = engaged
    self.deal = deal
    self.contacts = contacts
    self.closedDeals = closedDeals
    self.openDeals = openDeals
    self.announcesChanges = announcesChanges
  }
}
