import Foundation
import Logging
import RevOps

/// Looks every five minutes for what people did in a CRM that does not tell: with the contacts of open leads, and with
/// deals. What it finds goes the way of what is told.
///
/// The instance that holds the partition looks, and no other. Where it has come to is kept in the store, so that nothing
/// is passed over while Baton is away.
struct CRMWatch: Sendable {
  static let interval: TimeInterval = 300
  /// Looked at twice: the CRM's index lags behind, and its clock is not ours.
  static let overlap: TimeInterval = 120
  static let key = "crm/watch"
  /// After a failure.
  private static let retry: TimeInterval = 60
  /// How often the clock is looked at.
  private static let beat: Duration = .milliseconds(500)
  private static let batch = 100

  let dependencies: PipelineDependencies
  let partition: Partition
  let leases: LeaseBook
  let hints: HintBox
  let stop: StopSignal

  /// What the document holds.
  struct Mark: Codable { var lookedAt: Date }

  func run() async {
    guard let records = dependencies.records, !records.announcesChanges else { return }
    var next = Date.distantPast
    while !isOver {
      if dependencies.now() >= next, let lease = leases[partition] { next = await look(records, lease) }
      // The clock may be moved by hand, so it is looked at; cancelled, the condition ends the loop.
      try? await Task.sleep(for: Self.beat)
    }
  }

  private var isOver: Bool { Task.isCancelled || stop.isGiven }

  /// Gives the time of the next look.
  private func look(_ records: CRMRecords, _ lease: Lease) async -> Date {
    let now = dependencies.now()
    do {
      let document = try await dependencies.storage.document(Self.key)
      if let document {
        let mark = try JSONDecoder().decode(Mark.self, from: document.content)
        let due = mark.lookedAt.addingTimeInterval(Self.interval)
        guard now >= due else { return due }
        try await lookAtDeals(since: mark.lookedAt, now, records)
        try await lookAtContacts(records)
      }
      // What was before the first look was before Baton.
      try await note(now, over: document?.version ?? 0, lease)
    } catch {
      dependencies.logger.notice("the CRM could not be looked through", metadata: ["error": "\(error)"])
      return now.addingTimeInterval(Self.retry)
    }
    return now.addingTimeInterval(Self.interval)
  }

  private func note(_ now: Date, over version: Int, _ lease: Lease) async throws {
    var commit = LeadCommit(lease: lease)
    commit.documents = [
      DocumentChange(key: Self.key, version: version, content: try JSONEncoder().encode(Mark(lookedAt: now)))
    ]
    // Refused: another instance has looked meanwhile, and what was found twice is one hint.
    _ = try await dependencies.storage.commit(commit)
  }

  // MARK: Deals

  private func lookAtDeals(since: Date, _ now: Date, _ records: CRMRecords) async throws {
    let look = String(Int(since.timeIntervalSince1970))
    let time = since.addingTimeInterval(-Self.overlap)..<now
    for deal in try await records.closedDeals(time) {
      try await hints.put(CRMEvent(.deal, deal), named: "deal/\(deal)/\(look)")
    }
    let ended = EndedByDeal(cache: dependencies.storage)
    for deal in try await records.openDeals(time) where try await !ended.leads(deal).isEmpty {
      try await hints.put(CRMEvent(.deal, deal), named: "deal/\(deal)/\(look)/open")
    }
  }

  // MARK: Contacts

  private func lookAtContacts(_ records: CRMRecords) async throws {
    var open: [(contact: String, lead: Lead)] = []
    for state in [LeadState.delivered, .claimed, .worked] {
      for lead in try await leads(in: state) {
        if let contact = lead.desk.crm.contactID { open.append((contact, lead)) }
      }
    }
    while !open.isEmpty, !isOver {
      let some = open.prefix(Self.batch)
      open.removeFirst(some.count)
      let contacts = try await records.contacts(some.map(\.contact))
      let byID = Dictionary(contacts.map { ($0.id, $0) }) { first, _ in first }
      for (id, lead) in some {
        if let contact = byID[id], isNews(contact, for: lead) { try await hint(contact, lead) }
      }
    }
  }

  private func leads(in state: LeadState) async throws(StorageError) -> [Lead] {
    var query = LeadQuery(state: state, limit: 200)
    var leads: [Lead] = []
    repeat {
      let page = try await dependencies.storage.leads(query)
      leads += page.leads
      query.cursor = page.nextCursor
    } while query.cursor != nil
    return leads
  }

  /// Whether reading the contact by itself may bring something.
  private func isNews(_ contact: CRMContact, for lead: Lead) -> Bool {
    if lead.desk.firstTouchAt == nil, let last = contact.lastContactedAt, last >= lead.askedAt { return true }
    let shown = ContactNews(
      contactID: contact.id, owner: contact.owner, canOwn: true, engagements: [], basis: .init(lead))
    let policy = dependencies.policy()
    return DeskRules.decide(.follow(.contact(shown)), by: .crm, on: lead, policy: policy, now: dependencies.now())
      .changed
  }

  /// Named by what was seen, so that it is looked into once: a touch by a colleague stays what it is.
  private func hint(_ contact: CRMContact, _ lead: Lead) async throws(StorageError) {
    let touched = contact.lastContactedAt.map { String(Int($0.timeIntervalSince1970 * 1_000)) } ?? "-"
    let owner =
      switch contact.owner {
      case .nobody: "-"
      case .unknown: "?"
      case .person(let id, _): id
      }
    let name = "contact/\(contact.id)/\(lead.id)/\(lead.desk.decision)/\(owner)/\(touched)"
    try await hints.put(CRMEvent(.contact, contact.id), named: name, keepFor: .seconds(31 * 86_400))
  }
}
