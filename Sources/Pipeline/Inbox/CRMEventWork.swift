import Crypto
import Foundation
import Logging
import Metrics
import RevOps

/// Reads the record that a hint means, finds the leads that it concerns, and puts what is new into their mailboxes, where
/// it is decided in each lead's own order. Repeating it after any interruption is harmless.
struct CRMEventWork {
  let runner: LeadRunner
  let message: InboxMessage
  let event: CRMEvent

  private var dependencies: PipelineDependencies { runner.dependencies }
  private var policy: Policy { dependencies.policy() }

  /// The hint comes again after that time.
  private struct NotYet: Error { var delay: Duration }

  func run() async throws -> LeadRunner.Ending {
    guard let records = dependencies.records else { return try await end("dismissed") }
    do {
      try await follow(records)
    } catch let notYet as NotYet {
      return .later(notYet.delay)
    } catch let error as ServiceError {
      return try await failed(error)
    }
    return try await end("done")
  }

  private func follow(_ records: CRMRecords) async throws {
    switch event.kind {
    case .contactCreated: try await followContact(event.record, records, isNew: true)
    case .contact: try await followContact(event.record, records)
    case .call: try await followEngagement(.call, records)
    case .email: try await followEngagement(.email, records)
    case .meeting: try await followEngagement(.meeting, records)
    case .deal: try await followDeal(records)
    }
  }

  // MARK: Contacts

  private func followContact(
    _ id: String, _ records: CRMRecords, isNew: Bool = false, isEngaged: Bool = false
  ) async throws {
    guard let contact = try await records.contact(id) else { return }
    let leads = try await leads(of: contact)
    if isNew, !leads.contains(where: { isKnown($0, as: contact) }) { return try await begin(contact) }
    for lead in leads { try await inform(lead, of: contact, records, isEngaged: isEngaged) }
  }

  /// Baton made the contact, or somebody works on that person already: it is no new lead.
  private func isKnown(_ lead: Lead, as contact: CRMContact) -> Bool {
    lead.desk.crm.contactID == contact.id || contact.leadID == lead.id || lead.state == .nurturing
      || EarlierLead.isOpen(lead, reopenAfter: policy.playbook.reopenAfter, now: dependencies.now())
  }

  /// The newest lead of each address, and the one that the contact was written for.
  private func leads(of contact: CRMContact) async throws(StorageError) -> [Lead] {
    var found: [Lead] = []
    for address in contact.addresses {
      if let lead = try await recent(address).first { found.append(lead) }
    }
    if let id = contact.leadID, var lead = try await dependencies.storage.lead(id) {
      if let other = lead.mergedInto, let joined = try await dependencies.storage.lead(other) { lead = joined }
      found.append(lead)
    }
    var seen: Set<LeadID> = []
    return found.filter { seen.insert($0.id).inserted && $0.state != .merged }
  }

  private func recent(_ address: String) async throws(StorageError) -> [Lead] {
    var query = LeadQuery(identity: address, limit: 5)
    query.leavesOutMerged = true
    return try await dependencies.storage.leads(query).leads.filter { $0.state != .parked }
  }

  private func inform(
    _ lead: Lead, of contact: CRMContact, _ records: CRMRecords, isEngaged: Bool
  ) async throws {
    try await wait(for: lead)
    let since = lead.askedAt
    let lastContact = contact.lastContactedAt.flatMap { $0 >= since ? $0 : nil }
    var engagements: [CRMEngagement] = []
    let mayBeTouched = [.delivered, .claimed].contains(lead.state) && lead.desk.firstTouchAt == nil
    if mayBeTouched, isEngaged || lastContact != nil {
      engagements = try await records.engagements(contact.id, since)
      // What else there is of it Baton does not read, or may not: whoever owns the contact has done it.
      if engagements.isEmpty, let lastContact {
        engagements = [CRMEngagement(kind: .activity, by: contact.owner, at: lastContact)]
      }
    }
    let owners = await dependencies.activeOwners()
    let canOwn = lead.desk.owner.map { owners?.contains($0) ?? true } ?? false
    let news = ContactNews(
      contactID: contact.id, owner: contact.owner, canOwn: canOwn, engagements: engagements, basis: .init(lead))
    try await tell(.contact(news), to: lead)
  }

  /// What Baton is about to write would be taken for somebody's doing; what is not routed yet has no owner.
  private func wait(for lead: Lead) async throws {
    if [.received, .processing].contains(lead.state) { throw NotYet(delay: .seconds(1)) }
    let pending = try await dependencies.storage.pendingEffects(of: lead.id)
    if pending.contains(where: { $0.effect.body == .crmRecord }) { throw NotYet(delay: .seconds(1)) }
  }

  private func begin(_ contact: CRMContact) async throws {
    let payload: LeadPayload
    let raw = CRMSubmission.json(contact)
    do { payload = try CRMSubmission.payload(raw, of: contact) } catch {
      // Without a usable address a contact is nobody whom Baton could pass on.
      let codes = error.issues.map { $0.pointer + " " + $0.code }.joined(separator: ", ")
      dependencies.logger.notice("a new contact is no lead", metadata: ["issues": "\(codes)"])
      return
    }
    let identity = EmailAddress.identity(of: payload.email)
    let now = dependencies.now()
    var random = SystemRandomNumberGenerator()
    let intake = Intake(
      channel: .hubspot, receivedAt: message.receivedAt, identity: identity, payload: payload, raw: raw,
      bulk: event.isImported || policy.playbook.isBulk(payload, now: now))
    let lead = LeadID(identity: identity, now: now, random: &random)
    try await append(
      .submission(intake), to: lead, key: "crm/contact/\(contact.id)/new", keepFor: .seconds(31 * 86_400))
  }

  // MARK: Engagements

  private func followEngagement(_ kind: CRMEngagement.Kind, _ records: CRMRecords) async throws {
    let contacts = try await records.engaged(kind, event.record)
    // It is linked to its people right after it was made.
    if contacts.isEmpty, age < Self.linkPatience { throw NotYet(delay: .seconds(2)) }
    for contact in contacts { try await followContact(contact, records, isEngaged: true) }
  }

  private static let linkPatience: TimeInterval = 20
  private static let companyPatience: TimeInterval = 30

  // MARK: Deals

  private func followDeal(_ records: CRMRecords) async throws {
    guard let deal = try await records.deal(event.record) else { return }
    guard let closed = deal.closed else { return try await reopen() }
    var leads: [Lead] = []
    for addresses in deal.people {
      for address in addresses {
        if let lead = try await recent(address).first(where: closed.isAfter) { leads.append(lead) }
      }
    }
    if leads.isEmpty { leads = try await newestOpenLead(ofCompanies: deal.domains, for: closed).map { [$0] } ?? [] }
    // Its people may have come in with it, and be on their way here.
    if leads.isEmpty, age < Self.companyPatience { throw NotYet(delay: .seconds(max(1, age))) }
    if !leads.isEmpty { try await ended.note(leads.map(\.id), event.record, at: dependencies.now()) }
    for lead in leads {
      try await wait(for: lead)
      try await tell(.deal(closed), to: lead)
    }
  }

  private var ended: EndedByDeal { EndedByDeal(cache: dependencies.storage) }

  private func reopen() async throws {
    for id in try await ended.leads(event.record) {
      guard let lead = try await dependencies.storage.lead(id) else { continue }
      try await wait(for: lead)
      try await tell(.reopened(deal: event.record), to: lead)
    }
  }

  private func newestOpenLead(ofCompanies domains: [String], for deal: ClosedDeal) async throws -> Lead? {
    let now = dependencies.now()
    for domain in domains {
      var query = LeadQuery(domain: domain, limit: 50)
      query.leavesOutMerged = true
      let found = try await dependencies.storage.leads(query).leads.first {
        // What this deal has closed before a repeat is not open any more, and no other lead's either.
        $0.desk.crm.deal?.id == deal.id
          || (EarlierLead.isOpen($0, reopenAfter: policy.playbook.reopenAfter, now: now) && deal.isAfter($0))
      }
      if let found { return found }
    }
    return nil
  }

  // MARK: Passing on

  private func tell(_ news: CRMNews, to lead: Lead) async throws {
    let now = dependencies.now()
    let decision = DeskRules.decide(.follow(news), by: .crm, on: lead, policy: policy, now: now)
    guard decision.changed || decision.lead != lead else { return }
    let command = DeskCommand(action: .follow(news), actor: .crm, at: now, reply: nil)
    let said = SHA256.hash(data: try JSONEncoder().encode(news)).map { String($0, radix: 16) }.joined()
    let key = "crm/news/\(lead.id)/\(lead.desk.decision)/\(said)"
    try await append(.command(command), to: lead.id, key: key, keepFor: .seconds(86_400))
  }

  private func append(_ body: InboxMessage.Body, to lead: LeadID, key: String, keepFor: Duration) async throws {
    let now = dependencies.now()
    var random = SystemRandomNumberGenerator()
    let message = InboxMessage(
      id: ULID.make(now: now, random: &random), leadID: lead, body: body, receivedAt: message.receivedAt)
    let delivery = Delivery(key: key, bodyHash: nil, keepFor: keepFor, message: message)
    _ = try await dependencies.storage.append(delivery, now: now)
    runner.due.note(now, in: lead.partition)
  }

  // MARK: Ending

  private var age: TimeInterval { dependencies.now().timeIntervalSince(message.receivedAt) }

  /// The CRM is away, or refuses what a person may yet allow: the hint waits, longer and longer, for a day at least.
  private func failed(_ error: ServiceError) async throws -> LeadRunner.Ending {
    let isRefused = error.retry == .never
    dependencies.logger.log(
      level: isRefused ? .error : .notice, "an event of the CRM could not be followed",
      metadata: [
        "event": "\(event.kind.rawValue)", "record": "\(event.record)", "code": "\(error.code ?? "-")",
        "detail": "\(error.detail)",
      ])
    if isRefused, age > Self.refusalPatience { return try await end("refused") }
    let own = min(60, max(1, age / 4))
    guard case .later(let asked) = error.retry else { return .later(.seconds(own)) }
    return .later(max(asked, .milliseconds(500)))
  }

  private static let refusalPatience: TimeInterval = 86_400

  private func end(_ result: String) async throws -> LeadRunner.Ending {
    guard let lease = runner.committer.leases[message.leadID.partition] else { return .later(.seconds(1)) }
    var commit = LeadCommit(lease: lease)
    commit.finishedMessages = [message.id]
    Counter(label: "baton_crm_events_total", dimensions: [("kind", event.kind.rawValue), ("result", result)])
      .increment()
    return try await dependencies.storage.commit(commit) == .committed ? .finished : .later(.seconds(1))
  }
}
