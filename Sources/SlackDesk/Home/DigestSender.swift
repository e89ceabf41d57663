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

  /// What is kept of a reader's last digest.
  struct Mark: Codable, Equatable {
    var day: String
    var begunAt: Date
    var isDone: Bool
  }

  private let ports: DeskPorts
  /// The day that each reader needs no more of, as far as this instance knows.
  private var settled: [String: String] = [:]
  private var later: [String: Date] = [:]

  public init(_ ports: DeskPorts) { self.ports = ports }

  public func run() async { await repeating(every: Self.beat) { await sendDue() } }

  func sendDue() async {
    let policy = ports.policy()
    guard let digest = policy.playbook.digest else { return }
    let now = ports.now()
    for reader in await readers(policy) {
      guard !Task.isCancelled, let day = reader.day(at: now, digest), settled[reader.key] != day,
        later[reader.key] ?? .distantPast <= now
      else { continue }
      do throws(StorageError) { try await send(day, to: reader, digest, policy) } catch {
        ports.report(storage: error)
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
        let own = await ports.directory.knownZone(email: member.email)
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
    let found = try await ports.documents.versioned(Mark.self, documentKey)
    let begun = found.value.flatMap { $0.day == day ? $0 : nil }
    if begun?.isDone == true { return settled[reader.key] = day }
    // Another instance is at it.
    if let begun, ports.now().timeIntervalSince(begun.begunAt) < Self.patience {
      return later[reader.key] = begun.begunAt.addingTimeInterval(Self.patience)
    }
    let message = try await message(to: reader, digest, policy, key: "\(documentKey)/\(day)")
    let mark = Mark(day: day, begunAt: ports.now(), isDone: message == nil)
    guard try await put(mark, documentKey, found.version) else { return }
    if let message {
      guard await post(message, to: reader, policy, lookingFirst: begun != nil) else {
        return later[reader.key] = ports.now().addingTimeInterval(Self.patience)
      }
      _ = try await put(Mark(day: day, begunAt: mark.begunAt, isDone: true), documentKey, found.version + 1)
    }
    settled[reader.key] = day
  }

  private func put(_ mark: Mark, _ key: String, _ version: Int) async throws(StorageError) -> Bool {
    try await ports.documents.put([try .encoding(mark, key: key, version: version)])
  }

  /// False: it may come to be sent later.
  private func post(_ message: Message, to reader: DigestReader, _ policy: Policy, lookingFirst: Bool) async -> Bool {
    do {
      guard let channel = try await channel(of: reader, policy) else { return true }
      if lookingFirst, try await ports.isPosted(message, in: channel) { return true }
      _ = try await ports.client.postMessage(message, to: channel)
      return true
    } catch {
      let failure = (error as? ServiceError) ?? (error as? VendorError).map { ServiceError($0) }
      if let failure { ports.report(failure) }
      return failure?.retry == .never
    }
  }

  /// Nil: they are not in Slack.
  private func channel(of reader: DigestReader, _ policy: Policy) async throws -> String? {
    switch reader.kind {
    case .rep(let email):
      guard let person = try await ports.directory.person(email: email) else { return nil }
      return try await ports.client.openDM(with: person.id)
    case .team(let name):
      guard let team = policy.routing.team(named: name) else { return nil }
      return try await ports.directory.channels.id(of: team.channel)
    }
  }

  // MARK: Content

  private func message(
    to reader: DigestReader, _ digest: Playbook.Digest, _ policy: Policy, key: String
  ) async throws(StorageError) -> Message? {
    let since = reader.previous(before: ports.now(), digest)
    switch reader.kind {
    case .rep(let email): return try await message(toRep: email, since: since, policy, key: key)
    case .team(let name): return try await message(toTeam: name, since: since, policy, key: key)
    }
  }

  /// Whoever is away is not disturbed.
  private func message(
    toRep email: String, since: Date, _ policy: Policy, key: String
  ) async throws(StorageError) -> Message? {
    guard try await Roster.read(from: ports.documents)[email]?.isAway(at: ports.now()) != true else { return nil }
    let all = try await OpenLeads(ports.leads).of(email)
    let open = all.filter { !$0.intake.bulk }
    let bulk = all.filter { $0.intake.bulk && $0.intake.receivedAt >= since }
    let look = await ports.look(at: open + bulk)
    return DigestMessage(title: "your leads", open: open, waiting: [], bulk: bulk, look: look).message(key: key)
  }

  private func message(
    toTeam name: String, since: Date, _ policy: Policy, key: String
  ) async throws(StorageError) -> Message? {
    let waiting = try await OpenLeads(ports.leads).waiting().filter { $0.desk.team == name && !$0.intake.bulk }
    let bulk = try await bulk(since: since, of: name)
    var open: [Lead] = []
    for member in policy.routing.team(named: name)?.members ?? [] {
      open += try await OpenLeads(ports.leads).of(member.email).filter { lead in
        lead.desk.team == name && !lead.intake.bulk
          && SLAState(of: lead, policy: policy, now: ports.now())?.isOverdue(at: ports.now()) == true
      }
    }
    let look = await ports.look(at: waiting + bulk + open)
    return DigestMessage(title: name, isPersonal: false, open: open, waiting: waiting, bulk: bulk, look: look).message(
      key: key)
  }

  private func bulk(since: Date, of team: String) async throws(StorageError) -> [Lead] {
    let ended: Set<LeadState> = [.disqualified, .merged, .closed]
    return try await DeskFigures.leads(since: since, in: ports.leads).filter { lead in
      lead.intake.bulk && lead.desk.team == team && !ended.contains(lead.state)
    }
  }
}
