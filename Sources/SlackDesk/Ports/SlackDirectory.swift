import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// Who is who in the workspace, and which channel is which: kept long enough that no click costs a call.
public struct SlackDirectory: Sendable {
  /// How long people are believed, in seconds; who was not found is asked for again sooner.
  static let foundFor: TimeInterval = 600
  static let missedFor: TimeInterval = 60

  private let client: SlackClient
  let channels: ChannelBook
  /// Where somebody's address in Slack differs from the one that the configuration knows them by.
  private let policy: @Sendable () -> Policy
  private let byID: AnswerCache<String, SlackUser>
  private let byEmail: AnswerCache<String, SlackUser?>
  private let workspace: AnswerCache<String, SlackIdentity>
  private let everybody: AnswerCache<String, [SlackUser]>

  public init(client: SlackClient, policy: @escaping @Sendable () -> Policy, now: @escaping @Sendable () -> Date) {
    self.client = client
    self.policy = policy
    channels = ChannelBook(client: client, now: now)
    byID = AnswerCache(lifetime: { _ in Self.foundFor }, now: now)
    byEmail = AnswerCache(lifetime: { $0 == nil ? Self.missedFor : Self.foundFor }, now: now)
    // A token belongs to one workspace for ever.
    workspace = AnswerCache(lifetime: { _ in .infinity }, now: now)
    everybody = AnswerCache(lifetime: { _ in Self.foundFor }, now: now)
  }

  /// Who the token is.
  public func identity() async throws(ServiceError) -> SlackIdentity {
    let client = client
    return try await workspace.value("") { () async throws(ServiceError) in
      try await asking { () async throws(VendorError) in try await client.identity() }
    }
  }

  /// Who the token is, if that has been asked already.
  func knownIdentity() async -> SlackIdentity? { await workspace.peek("") }

  public func person(_ id: String) async throws(ServiceError) -> ChatPerson {
    let client = client
    let byEmail = byEmail
    let user = try await byID.value(id) { () async throws(ServiceError) in
      let user = try await asking { () async throws(VendorError) in try await client.user(id) }
      // Who has just claimed a lead is soon named to others, and may be in no team whose people are asked for.
      if let email = user.email, !user.isDeleted, !user.isStranger {
        await byEmail.keep(user, for: EmailAddress.identity(of: email))
      }
      return user
    }
    return person(user, team: try await identity().teamID)
  }

  /// The person if a call to Slack is not needed to tell.
  func knownPerson(_ id: String) async -> ChatPerson? {
    guard let user = await byID.peek(id), let identity = await knownIdentity() else { return nil }
    return person(user, team: identity.teamID)
  }

  /// What somebody with that address is called, if a call to Slack is not needed to tell.
  func knownName(email: String) async -> String? {
    // A name from ten minutes ago is still better to read than an address.
    guard let found = await byEmail.peek(email, evenOld: true), let user = found else { return nil }
    return Self.name(of: user)
  }

  /// Somebody's time zone, if a call to Slack is not needed to tell.
  func knownZone(email: String) async -> String? {
    guard let found = await byEmail.peek(email, evenOld: true) else { return nil }
    return found?.timeZone
  }

  /// The text with the names of colleagues in place of their addresses.
  /// - Parameter asking: whether Slack may be asked about the configuration's people and others of their companies. Other
  ///   addresses, which may be a stranger's, are never worth a call.
  func named(_ text: String, asking: Bool) async -> String {
    var named = text
    for address in Set(text.matches(of: /[^\s@<>(),;:]+@[^\s@<>(),;:]+[^\s@<>(),;:.]/).map { String($0.output) }) {
      let email = EmailAddress.identity(of: address)
      guard let name = await name(of: email, asking: asking) else { continue }
      named = named.replacing(address, with: name)
    }
    return named
  }

  private func name(of email: String, asking: Bool) async -> String? {
    // Without an answer the address stands for them.
    if asking, isColleague(email) { return try? await person(email: email)?.name }
    return await knownName(email: email)
  }

  /// Of the configuration, or of a company that its people are of: whoever is in the workspace may claim a lead, and
  /// the instance that names them to others may not be the one that they came to.
  private func isColleague(_ email: String) -> Bool {
    let known = policy().routing.teams.flatMap { team in team.members.map(\.email) + [team.manager].compactMap { $0 } }
    if known.contains(email) { return true }
    guard let address = EmailAddress(email), !address.isFreeMail else { return false }
    return known.contains { EmailAddress($0)?.domain == address.domain }
  }

  /// Nil: nobody in the workspace has that address, or they were deactivated.
  public func person(email: String) async throws(ServiceError) -> ChatPerson? {
    let alias = Self.member(policy()) { $0.email == email && $0.slack != nil }?.slack
    if let alias, Self.isUserID(alias) { return active(try await known(alias), as: email) }
    let address = alias ?? email
    let client = client
    let user = try await byEmail.value(address) { () async throws(ServiceError) in
      try await asking { () async throws(VendorError) in try await client.user(email: address) }
    }
    guard let user else { return nil }
    return active(person(user, team: try await identity().teamID), as: email)
  }

  /// Full members whose name or address has a word that begins with `query`, at most `limit`.
  func people(matching query: String, limit: Int) async throws(ServiceError) -> [ChatPerson] {
    let client = client
    let users = try await everybody.value("") { () async throws(ServiceError) in
      try await asking { () async throws(VendorError) in try await client.users() }
    }
    let team = try await identity().teamID
    let wanted = TextFolding.fold(query)
    let people = users.filter { $0.isFullMember(ofTeam: team) }.map { person($0, team: team) }
    return Array(
      people.filter { $0.email != nil && Self.begins($0, with: wanted) }.sorted { $0.name < $1.name }.prefix(limit))
  }

  /// Somebody's profile changed.
  func forget(_ user: SlackUser) async {
    await byID.forget(user.id)
    await byEmail.forgetAll()
    await everybody.forgetAll()
  }

  // MARK: Pieces

  private func known(_ id: String) async throws(ServiceError) -> ChatPerson? {
    do { return try await person(id) } catch {
      guard ["user_not_found", "user_not_visible"].contains(error.code) else { throw error }
      return nil
    }
  }

  private func active(_ person: ChatPerson?, as email: String) -> ChatPerson? {
    guard var person, !person.isDeactivated else { return nil }
    person.email = email
    return person
  }

  private func person(_ user: SlackUser, team: String) -> ChatPerson {
    let typed = user.email.map { EmailAddress.identity(of: $0) }
    let member = Self.member(policy()) { $0.slack == user.id || (typed != nil && $0.slack == typed) }
    return ChatPerson(
      id: user.id, email: member?.email ?? typed, name: Self.name(of: user),
      isFullMember: user.isFullMember(ofTeam: team), isDeactivated: user.isDeleted, timezone: user.timeZone)
  }

  /// The full name where there is one: it says who somebody is to people who don't know their handle.
  private static func name(of user: SlackUser) -> String {
    [user.realName, user.displayName, user.name].compactMap { $0 }.first { !$0.isEmpty } ?? user.id
  }

  private static func member(_ policy: Policy, where matches: (Member) -> Bool) -> Member? {
    policy.routing.teams.lazy.flatMap(\.members).first(where: matches)
  }

  private static func begins(_ person: ChatPerson, with wanted: String) -> Bool {
    let words = person.name.split(separator: " ").map { TextFolding.fold(String($0)) }
    let all = words + [TextFolding.fold(person.name), person.email ?? ""]
    return wanted.isEmpty || all.contains { $0.hasPrefix(wanted) }
  }

  /// Slack's user ids: U or W, then capitals and digits.
  public static func isUserID(_ text: String) -> Bool {
    guard text.utf8.count > 1, let first = text.first, "UW".contains(first) else { return false }
    return text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
  }
}
