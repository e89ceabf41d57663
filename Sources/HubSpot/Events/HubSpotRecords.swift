import Foundation
import RevOps
import VendorAPI

/// Reads the records that events and polling point at.
public enum HubSpotRecords {
  /// - Parameters:
  ///   - settings: the playbook's part, asked anew for each contact.
  ///   - announcesChanges: HubSpot sends its events to Baton.
  public static func make(
    client: HubSpotClient, settings: @escaping @Sendable () -> Playbook.HubSpot, announcesChanges: Bool
  ) -> CRMRecords {
    let reader = RecordReader(client: client, settings: settings)
    return CRMRecords(
      contact: { id throws(ServiceError) in
        try await translated { () async throws(HubSpotFailure) in try await reader.contact(id) }
      },
      engagements: { contact, since throws(ServiceError) in
        try await translated { () async throws(HubSpotFailure) in try await reader.engagements(contact, since: since) }
      },
      engaged: { kind, id throws(ServiceError) in
        try await translated { () async throws(HubSpotFailure) in try await reader.engaged(kind, id) }
      },
      deal: { id throws(ServiceError) in
        try await translated { () async throws(HubSpotFailure) in try await reader.deal(id) }
      },
      contacts: { ids throws(ServiceError) in
        try await translated { () async throws(HubSpotFailure) in try await reader.contacts(ids) }
      },
      closedDeals: { time throws(ServiceError) in try await deals(closed: true, in: time, client) },
      openDeals: { time throws(ServiceError) in try await deals(closed: false, in: time, client) },
      announcesChanges: announcesChanges)
  }

  private static func deals(
    closed: Bool, in time: Range<Date>, _ client: HubSpotClient
  ) async throws(ServiceError) -> [String] {
    try await translated { () async throws(HubSpotFailure) in
      try await client.changed(
        .deals, in: time, where: [SearchFilter("hs_is_closed", equals: closed ? "true" : "false")])
    }
  }

  private static func translated<Value>(
    _ body: () async throws(HubSpotFailure) -> Value
  ) async throws(ServiceError) -> Value {
    do { return try await body() } catch { throw ServiceError(error) }
  }
}

struct RecordReader: Sendable {
  let client: HubSpotClient
  let settings: @Sendable () -> Playbook.HubSpot
  private let owners: RefreshedValue<OwnerDirectory>

  init(client: HubSpotClient, settings: @escaping @Sendable () -> Playbook.HubSpot) {
    self.client = client
    self.settings = settings
    owners = RefreshedValue(lifetime: OwnerDirectory.lifetime, now: client.now) {
      () async throws(HubSpotFailure) -> OwnerDirectory in OwnerDirectory(try await client.owners())
    }
  }

  // MARK: Contacts

  /// What a submission may be made of, by HubSpot's names.
  private static let submitted = [
    "email", "firstname", "lastname", "jobtitle", "company", "website", "phone", "country", "state", "city",
    "industry", "numemployees", "message", "hs_analytics_source",
  ]
  private static let around = ["hs_additional_emails", "hubspot_owner_id", "createdate", "notes_last_contacted"]

  private var contactProperties: [String] {
    Self.submitted + Self.around + [settings().leadIDProperty].compactMap { $0 }
  }

  func contact(_ id: String) async throws(HubSpotFailure) -> CRMContact? {
    guard let object = try await client.object(.contacts, id, properties: contactProperties) else { return nil }
    return contact(object, owner: try await owner(object.owner))
  }

  func contacts(_ ids: [String]) async throws(HubSpotFailure) -> [CRMContact] {
    var contacts: [CRMContact] = []
    for object in try await client.read(.contacts, ids, properties: contactProperties) {
      contacts.append(contact(object, owner: try await owner(object.owner)))
    }
    return contacts
  }

  private func contact(_ object: HubSpotObject, owner: CRMOwner) -> CRMContact {
    CRMContact(
      id: object.id, addresses: object.foldedAddresses, owner: owner,
      leadID: settings().leadIDProperty.flatMap { object.properties[$0] }.flatMap { LeadID($0) },
      createdAt: object.time("createdate"), lastContactedAt: object.time("notes_last_contacted"),
      properties: object.properties.filter { Self.submitted.contains($0.key) })
  }

  /// Somebody who is not in the list may have joined since it was read: it is read once more.
  private func owner(_ id: String?) async throws(HubSpotFailure) -> CRMOwner {
    guard let id else { return .nobody }
    if let email = try await owners.current().email(of: id) { return .person(id: id, email: email) }
    await owners.expire()
    return try await owners.current().email(of: id).map { .person(id: id, email: $0) } ?? .unknown
  }

  // MARK: Engagements

  private static let kinds: [CRMEngagement.Kind: ObjectKind] = [.call: .calls, .email: .emails, .meeting: .meetings]
  private static let engagementProperties = [
    "hubspot_owner_id", "hs_timestamp", "hs_createdate", "hs_email_direction", "hs_meeting_outcome",
  ]

  func engagements(_ contact: String, since: Date) async throws(HubSpotFailure) -> [CRMEngagement] {
    async let calls = attempt { () async throws(HubSpotFailure) in try await made(.call, with: contact) }
    async let emails = attempt { () async throws(HubSpotFailure) in try await made(.email, with: contact) }
    async let meetings = attempt { () async throws(HubSpotFailure) in try await made(.meeting, with: contact) }
    let all = try await calls.get() + (try await emails.get()) + (try await meetings.get())
    return all.filter { $0.at >= since }
  }

  /// The newest hundred of a kind. A token that may not read them sees none.
  private func made(
    _ kind: CRMEngagement.Kind, with contact: String
  ) async throws(HubSpotFailure) -> [CRMEngagement] {
    guard let objects = Self.kinds[kind] else { return [] }
    do {
      let linked = try await client.associated(.contacts, [contact], to: objects)[contact] ?? []
      let newest = linked.sorted { RecordID.precedes($1, $0) }.prefix(HubSpotClient.batchSize)
      var made: [CRMEngagement] = []
      for object in try await client.read(objects, Array(newest), properties: Self.engagementProperties)
      where object.isOurs {
        guard let at = object.happenedAt(now: client.now()) else { continue }
        made.append(CRMEngagement(kind: kind, by: try await owner(object.owner), at: at))
      }
      return made
    } catch {
      guard error.isForbidden || error.isNotFound else { throw error }
      return []
    }
  }

  func engaged(_ kind: CRMEngagement.Kind, _ id: String) async throws(HubSpotFailure) -> [String] {
    guard let objects = Self.kinds[kind] else { return [] }
    return try await client.associated(objects, [id], to: .contacts)[id] ?? []
  }

  // MARK: Deals

  private static let dealProperties = [
    "hs_is_closed", "hs_is_closed_won", "hs_is_closed_lost", "dealstage", "amount", "closedate", "hs_lastmodifieddate",
    "closed_won_reason", "closed_lost_reason",
  ]

  func deal(_ id: String) async throws(HubSpotFailure) -> CRMDeal? {
    let found = try await client.object(
      .deals, id, properties: Self.dealProperties, with: [.contacts, .companies])
    guard let object = found else { return nil }
    guard let closed = object.closedDeal(now: client.now()) else {
      return CRMDeal(closed: nil, people: [], domains: [])
    }
    let people = try await client.read(
      .contacts, object.associated(.contacts), properties: ["email", "hs_additional_emails"])
    let companies = try await client.read(.companies, object.associated(.companies), properties: ["domain"])
    return CRMDeal(
      closed: closed, people: people.map(\.foldedAddresses),
      domains: companies.compactMap { $0.properties["domain"].flatMap(Domain.registrable) })
  }
}

extension HubSpotObject {
  fileprivate var foldedAddresses: [String] {
    let further = properties["hs_additional_emails"]?.split(separator: ";").map(String.init) ?? []
    return ([properties["email"]].compactMap { $0 } + further).map(OwnerDirectory.fold).filter { !$0.isEmpty }
      .uniqued()
  }

  /// ISO 8601, or milliseconds since 1970.
  fileprivate func time(_ name: String) -> Date? {
    guard let text = properties[name] else { return nil }
    if let milliseconds = Double(text) { return Date(timeIntervalSince1970: milliseconds / 1_000) }
    return Timestamp.date(rfc3339: text)
  }

  /// Done by a person of ours: what the other side wrote is no touch, and neither is a meeting that was called off.
  fileprivate var isOurs: Bool {
    properties["hs_email_direction"] != "INCOMING_EMAIL"
      && !["CANCELED", "NO_SHOW"].contains(properties["hs_meeting_outcome"] ?? "")
  }

  /// A meeting that is still to come was agreed on when it was put down.
  fileprivate func happenedAt(now: Date) -> Date? {
    guard let at = time("hs_timestamp") else { return time("hs_createdate") }
    return at <= now ? at : min(now, time("hs_createdate") ?? now)
  }

  /// Each account has stages of its own; these flags say what they mean.
  fileprivate func closedDeal(now: Date) -> ClosedDeal? {
    let isWon = properties["hs_is_closed_won"] == "true"
    let isClosed = properties["hs_is_closed"] == "true"
    guard isWon || isClosed || properties["hs_is_closed_lost"] == "true" else { return nil }
    let reason = PropertyText.clean(properties[isWon ? "closed_won_reason" : "closed_lost_reason"])
    let outcome = Outcome(result: isWon ? .won : .lost, reason: reason, amount: properties["amount"])
    return ClosedDeal(id: id, outcome: outcome, at: time("closedate") ?? time("hs_lastmodifieddate") ?? now)
  }
}
