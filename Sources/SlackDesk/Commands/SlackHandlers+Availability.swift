import Foundation
import RevOps
import SlackAPI

/// Whose availability is meant, and what is said about it.
private struct AvailabilityWords {
  var member: String
  var rest: String
}

extension SlackHandlers {
  static let mostLeads = 1_000

  func away(_ text: String, _ question: Question) async throws(StorageError) -> Message {
    let words = try await words(text, question)
    if let problem = problem(with: words, question.actor) { return await say(problem) }
    let until: Date?
    switch reader(for: words.member, question.person).read(words.rest) {
    case .open: until = nil
    case .moment(let date): until = date
    case .impossible: return Message(text: "That is past, or further away than anybody plans. Give a day to come.")
    case .unreadable:
      return Message(
        text: """
          Baton can't read \(words.rest, max: 100) as a time. Try \(Mrkdwn.code("/lead away until friday")), \
          \(Mrkdwn.code("tomorrow 13:00")), \(Mrkdwn.code("24 Dec")), \(Mrkdwn.code("2h")), or nothing: until you say \
          \(Mrkdwn.code("/lead back")).
          """)
    }
    return try await setAway(words.member, until: until, by: question.actor)
  }

  func back(_ question: Question) async throws(StorageError) -> Message {
    let words = try await words(SlackToken.plainText(question.wire).droppingFirstWord, question)
    if let problem = problem(with: words, question.actor) { return await say(problem) }
    return try await setBack(words.member, by: question.actor)
  }

  func cap(_ text: String, _ question: Question) async throws(StorageError) -> Message {
    let words = try await words(text, question)
    if let problem = problem(with: words, question.actor) { return await say(problem) }
    let typed = words.rest.lowercased()
    if ["off", "none", "reset", "default"].contains(typed) {
      return try await setCapacity(words.member, to: nil, by: question.actor)
    }
    guard let count = Int(typed), (0...Self.mostLeads).contains(count) else {
      return Message(
        text:
          "How many? Give a number from 0 to \(Self.mostLeads): \(Mrkdwn.code("/lead cap 10")), or \(Mrkdwn.code("/lead cap off")) for the configured one."
      )
    }
    return try await setCapacity(words.member, to: count, by: question.actor)
  }

  // MARK: Changes, for commands, Home and its forms alike

  /// Why somebody may not; nil: they may.
  func refusal(ofAvailabilityOf member: String, to actor: DeskActor) -> String? {
    Permissions.refusal(ofAvailabilityOf: member, to: actor, policy: ports.policy())
  }

  func setAway(_ member: String, until: Date?, by actor: DeskActor) async throws(StorageError) -> Message {
    let entry = change(of: member, "away", until.map { $0.formatted(.iso8601) }, by: actor)
    try await Roster.change(entry, in: ports.documents) { status in
      status.isAway = true
      status.awayUntil = until
    }
    await ports.home.changed(people: [member])
    let end: Mrkdwn =
      until.map { "until \(CardWords.date($0))" }
      ?? "until \(isSelf(member, actor) ? "you say" : "they say") \(Mrkdwn.code("/lead back"))"
    let open = try await ports.leads.loads(of: [member])[member] ?? 0
    let kept: Mrkdwn =
      open == 0
      ? ""
      : open == 1
        ? " One open lead stays with \(whom(member, actor))." : " \(open) open leads stay with \(whom(member, actor))."
    return Message(text: "\(await subject(member, actor)) away \(end): new leads go to others.\(kept)")
  }

  func setBack(_ member: String, by actor: DeskActor) async throws(StorageError) -> Message {
    try await Roster.change(change(of: member, "back", nil, by: actor), in: ports.documents) { status in
      status.isAway = false
      status.awayUntil = nil
    }
    await ports.home.changed(people: [member])
    await offerWaiting(to: member)
    return Message(text: "\(await subject(member, actor)) back: new leads come again.")
  }

  /// - Parameter count: nil: as configured.
  func setCapacity(_ member: String, to count: Int?, by actor: DeskActor) async throws(StorageError) -> Message {
    let entry = change(of: member, "capacity", count.map(String.init) ?? "configured", by: actor)
    try await Roster.change(entry, in: ports.documents) { $0.capacityOverride = count }
    await ports.home.changed(people: [member])
    await offerWaiting(to: member)
    let open = try await ports.leads.loads(of: [member])[member] ?? 0
    let configured = ports.policy().routing.capacity(of: member)
    let limit = count ?? configured
    let taken = limit.map { "at most \($0) open leads" } ?? "any number of open leads"
    let origin = count == nil ? ", as configured" : ""
    return Message(text: "\(await taker(member, actor)) \(taken + origin); \(open) now.")
  }

  private func change(of member: String, _ action: String, _ value: String?, by actor: DeskActor) -> RosterChange {
    RosterChange(at: ports.now(), by: actor.auditName, member: member, action: action, value: value)
  }

  // MARK: Words

  private func say(_ text: String) async -> Message { Message(text: Mrkdwn(await named(text))) }
  private func isSelf(_ member: String, _ actor: DeskActor) -> Bool { actor.email == member }
  private func whom(_ member: String, _ actor: DeskActor) -> String { isSelf(member, actor) ? "you" : "them" }

  private func subject(_ member: String, _ actor: DeskActor) async -> String {
    isSelf(member, actor) ? "You are" : "\(await named(member)) is"
  }

  private func taker(_ member: String, _ actor: DeskActor) async -> String {
    isSelf(member, actor) ? "You take" : "\(await named(member)) takes"
  }

  private func problem(with words: AvailabilityWords, _ actor: DeskActor) -> String? {
    guard ports.policy().routing.isMember(words.member) else {
      return isSelf(words.member, actor)
        ? "You are in no team, so no leads are assigned to you." : "\(words.member) is in no team."
    }
    return refusal(ofAvailabilityOf: words.member, to: actor)
  }

  /// In the zone of whose time it is: the profile's, else that of their hours.
  func reader(for member: String, _ person: ChatPerson) -> AwayUntil {
    let hours = ports.policy().routing.hours(of: member, team: nil)
    let named = (person.email == member ? person.timezone : nil) ?? hours?.timezone ?? person.timezone
    return AwayUntil(
      now: ports.now(), zone: named.flatMap { TimeZone(identifier: $0) } ?? .gmt, morning: hours?.from ?? 9 * 60)
  }

  /// The person who is mentioned first, by mention, `@name` or address; else whoever asks.
  private func words(_ text: String, _ question: Question) async throws(StorageError) -> AvailabilityWords {
    let own = question.person.email ?? ""
    let mentioned = SlackToken.parse(question.wire).lazy.compactMap {
      if case .user(let id, _) = $0 { id } else { nil }
    }.first
    var rest = text
    if let mentioned {
      // A name may be of several words: the token goes as a whole, and with it the command.
      rest =
        SlackText.singleLine(SlackToken.plainText(question.wire.replacing(/<@[^>]*>/, with: " "))).droppingFirstWord
      let email = try? await ports.directory.person(mentioned).email
      return AvailabilityWords(member: email ?? mentioned, rest: rest)
    }
    guard let first = text.split(separator: " ").first, first.contains("@") else {
      return AvailabilityWords(member: own, rest: text)
    }
    rest = text.droppingFirstWord
    let handle = first.hasPrefix("@") ? first.dropFirst().lowercased() : EmailAddress.identity(of: String(first))
    let members = ports.policy().routing.teams.flatMap(\.members).map(\.email)
    let member = members.first { $0 == handle || String($0.prefix { $0 != "@" }) == handle }
    return AvailabilityWords(member: member ?? handle, rest: rest)
  }
}

extension String {
  fileprivate var droppingFirstWord: String { split(separator: " ").dropFirst().joined(separator: " ") }
}

extension RoutingPolicy {
  func isMember(_ email: String) -> Bool { teams.contains { team in team.members.contains { $0.email == email } } }

  /// The configured number of the first team that gives one; nil: no limit.
  func capacity(of email: String) -> Int? {
    teams.lazy.flatMap(\.members).first { $0.email == email && $0.capacity != nil }?.capacity
  }
}
