import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// Sends each reader's morning digest, once a day, whichever instance is first: what has been sent is kept in the store.
public actor DigestSender {
  /// How often the clock is looked at.
  private static let beat: Duration = .milliseconds(500)
  /// After so long whoever began a digest is believed to be gone, and somebody else looks whether it was posted.
  private static let patience: TimeInterval = 120
  private static let searchedMessages = 100

  /// What is kept of a reader's last digest.
  struct Mark: Codable, Equatable {
    var day: String
    var begunAt: Date
    var isDone: Bool
  }

  private let client: SlackClient
  private let directory: SlackDirectory
  private let leads: any Leads
  private let documents: any Documents
  private let policy: @Sendable () -> Policy
  private let now: @Sendable () -> Date
  private let report: @Sendable (ServiceError) -> Void
  /// The day that each reader needs no more of, as far as this instance knows.
  private var settled: [String: String] = [:]
  private var later: [String: Date] = [:]

  public init(
    client: SlackClient, directory: SlackDirectory, leads: any Leads, documents: any Documents,
    policy: @escaping @Sendable () -> Policy, now: @escaping @Sendable () -> Date,
    report: @escaping @Sendable (ServiceError) -> Void
  ) {
    self.client = client
    self.directory = directory
    self.leads = leads
    self.documents = documents
    self.policy = policy
    self.now = now
    self.report = report
  }

  public func run() async {
    while !Task.isCancelled {
      await sendDue()
      // Cancelled, the condition ends the loop.
      try? await Task.sleep(for: Self.beat)
    }
  }

  func sendDue() async {
    let policy = policy()
    guard let digest = policy.playbook.digest else { return }
    let now = now()
    for reader in await readers(policy) {
      guard !Task.isCancelled, let day = reader.day(at: now, digest), settled[reader.key] != day,
        later[reader.key] ?? .distantPast <= now
      else { continue }
      do throws(StorageError) { try await send(day, to: reader, digest, policy) } catch {
        report(ServiceError(service: "storage", detail: error.detail, retry: .now))
        later[reader.key] = now.addingTimeInterval(Self.patience)
      }
    }
  }

  // MARK: Readers

  private func readers(_ policy: Policy) async -> [DigestReader] {
    var readers: [DigestReader] = []
    var seen: Set<String> = []
    for team in policy.routing.teams {
      readers.append(
        DigestReader(
          kind: .team(team.name), zone: Self.zone(team.hours?.timezone), holidays: team.hours?.holidays ?? []))
      for member in team.members where seen.insert(member.email).inserted {
        let hours = member.hours ?? team.hours
        let own = await directory.knownZone(email: member.email)
        readers.append(
          DigestReader(
            kind: .rep(member.email), zone: Self.zone(own ?? hours?.timezone), holidays: hours?.holidays ?? []))
      }
    }
    return readers
  }

  private static func zone(_ name: String?) -> TimeZone { name.flatMap { TimeZone(identifier: $0) } ?? .gmt }

  // MARK: Sending

  private func send(
    _ day: String, to reader: DigestReader, _ digest: Playbook.Digest, _ policy: Policy
  ) async throws(StorageError) {
    let documentKey = "digest/\(reader.key)"
    let found = try await documents.versioned(Mark.self, documentKey)
    let begun = found.value.flatMap { $0.day == day ? $0 : nil }
    if begun?.isDone == true { return settled[reader.key] = day }
    // Another instance is at it.
    if let begun, now().timeIntervalSince(begun.begunAt) < Self.patience {
      return later[reader.key] = begun.begunAt.addingTimeInterval(Self.patience)
    }
    let message = try await message(to: reader, digest, policy, key: "\(documentKey)/\(day)")
    let mark = Mark(day: day, begunAt: now(), isDone: message == nil)
    guard try await put(mark, documentKey, found.version) else { return }
    if let message {
      guard await post(message, to: reader, policy, lookingFirst: begun != nil) else {
        return later[reader.key] = now().addingTimeInterval(Self.patience)
      }
      _ = try await put(Mark(day: day, begunAt: mark.begunAt, isDone: true), documentKey, found.version + 1)
    }
    settled[reader.key] = day
  }

  private func put(_ mark: Mark, _ key: String, _ version: Int) async throws(StorageError) -> Bool {
    try await documents.put([try .encoding(mark, key: key, version: version)])
  }

  /// False: it may come to be sent later.
  private func post(_ message: Message, to reader: DigestReader, _ policy: Policy, lookingFirst: Bool) async -> Bool {
    do {
      guard let channel = try await channel(of: reader, policy) else { return true }
      if lookingFirst, try await isPosted(message, in: channel) { return true }
      _ = try await client.postMessage(message, to: channel)
      return true
    } catch {
      let failure = (error as? ServiceError) ?? (error as? VendorError).map { ServiceError($0) }
      if let failure { report(failure) }
      return failure?.retry == .never
    }
  }

  /// Nil: they are not in Slack.
  private func channel(of reader: DigestReader, _ policy: Policy) async throws -> String? {
    switch reader.kind {
    case .rep(let email):
      guard let person = try await directory.person(email: email) else { return nil }
      return try await client.openDM(with: person.id)
    case .team(let name):
      guard let team = policy.routing.team(named: name) else { return nil }
      return try await directory.channels.id(of: team.channel)
    }
  }

  private func isPosted(_ message: Message, in channel: String) async throws -> Bool {
    let page = try await client.history(of: channel, limit: Self.searchedMessages)
    return page.items.contains { $0.metadata == message.metadata }
  }

  // MARK: Content

  private func message(
    to reader: DigestReader, _ digest: Playbook.Digest, _ policy: Policy, key: String
  ) async throws(StorageError) -> Message? {
    let since = reader.previous(before: now(), digest)
    switch reader.kind {
    case .rep(let email): return try await message(toRep: email, since: since, policy, key: key)
    case .team(let name): return try await message(toTeam: name, since: since, policy, key: key)
    }
  }

  /// Whoever is away is not disturbed.
  private func message(
    toRep email: String, since: Date, _ policy: Policy, key: String
  ) async throws(StorageError) -> Message? {
    guard try await Roster.read(from: documents)[email]?.isAway(at: now()) != true else { return nil }
    let all = try await OpenLeads(leads).of(email)
    let open = all.filter { !$0.intake.bulk }
    let bulk = all.filter { $0.intake.bulk && $0.intake.receivedAt >= since }
    let look = await look(at: open + bulk, policy)
    return DigestMessage(title: "your leads", open: open, waiting: [], bulk: bulk, look: look).message(key: key)
  }

  private func message(
    toTeam name: String, since: Date, _ policy: Policy, key: String
  ) async throws(StorageError) -> Message? {
    let waiting = try await OpenLeads(leads).waiting().filter { $0.desk.team == name && !$0.intake.bulk }
    let bulk = try await DigestSender.bulk(since: since, of: name, in: leads)
    var open: [Lead] = []
    for member in policy.routing.team(named: name)?.members ?? [] {
      open += try await OpenLeads(leads).of(member.email).filter { lead in
        lead.desk.team == name && !lead.intake.bulk
          && SLAState(of: lead, policy: policy, now: now())?.isOverdue(at: now()) == true
      }
    }
    let look = await look(at: waiting + bulk + open, policy)
    return DigestMessage(title: name, open: open, waiting: waiting, bulk: bulk, look: look).message(key: key)
  }

  private static func bulk(
    since: Date, of team: String, in leads: any Leads
  ) async throws(StorageError) -> [Lead] {
    let ended: Set<LeadState> = [.disqualified, .merged, .closed]
    return try await DeskFigures.leads(since: since, in: leads).filter { lead in
      lead.intake.bulk && lead.desk.team == team && !ended.contains(lead.state)
    }
  }

  private func look(at shown: [Lead], _ policy: Policy) async -> LeadLook {
    await LeadLook(at: shown, directory: directory, policy: policy, now: now())
  }
}
