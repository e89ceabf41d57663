import Foundation
import RevOps
import SlackAPI
import VendorAPI

extension SlackHandlers {
  /// What happens in the workspace. Slack sends an event again where the answer comes late: each is done once here.
  public func event(_ callback: EventCallback) async -> DeskReply {
    guard await isOurs(team: callback.teamID, enterprise: callback.enterpriseID),
      await seen.isNew(callback.eventID)
    else { return .empty }
    switch callback.event {
    case .appHomeOpened(let opened) where opened.tab == "home":
      return DeskReply(afterwards: { await showHome(to: opened.userID) })
    case .appMention(let message): return DeskReply(afterwards: { await answer(message) })
    case .userChange(let user): return DeskReply(afterwards: { await follow(user) })
    case .memberLeftChannel(let user, let channel): return DeskReply(afterwards: { await left(user, channel) })
    case .channelRename: await ports.directory.channels.forget()
    case .tokensRevoked(_, let bot) where !bot.isEmpty: await ports.revoked()
    case .appUninstalled: await ports.revoked()
    default: break
    }
    return .empty
  }

  // MARK: Home

  private func showHome(to user: String) async {
    do throws(ServiceError) { await ports.home.opened(by: try await ports.directory.person(user)) } catch {
      ports.report(error)
    }
  }

  // MARK: Mentions

  /// Answered to the one who asks alone, in the thread where they asked: others in the channel may be guests.
  private func answer(_ message: IncomingMessage) async {
    guard let user = message.userID, message.botID == nil, let channel = message.channelID else { return }
    let answer = await answer(await withoutMention(message.text), user: user, key: message.ts?.rawValue ?? "")
    await whisper(answer.message, to: user, in: channel, message)
    if let more = await answer.more?() { await whisper(more, to: user, in: channel, message) }
  }

  /// What is said to the bot, wherever its name stands. Before Slack has told who the bot is, its name comes first.
  private func withoutMention(_ wire: String) async -> String {
    guard let bot = await ports.directory.knownIdentity()?.userID else {
      return wire.replacing(/^\s*<@[A-Z0-9]+(?:\|[^>]*)?>\s*/, with: "")
    }
    return wire.replacing(/<@([A-Z0-9]+)(?:\|[^>]*)?>/) { $0.1 == bot ? "" : String($0.0) }
  }

  private func whisper(_ message: Message, to user: String, in channel: String, _ asked: IncomingMessage) async {
    var answer = message
    answer.threadTS = asked.isReply ? asked.threadTS : nil
    do throws(VendorError) { try await ports.client.postEphemeral(answer, to: user, in: channel) } catch {
      guard error.retry == .never else { return ports.report(ServiceError(error)) }
      answer.threadTS = nil
      await tellDirectly(answer, to: user)
    }
  }

  // MARK: People

  /// Somebody's profile changed: who left gets no leads, and who came back gets them again.
  private func follow(_ user: SlackUser) async {
    await ports.directory.forget(user)
    if !user.isFullMember(ofTeam: nil) { await ports.home.forget(user.id) }
    guard let email = user.email.map({ EmailAddress.identity(of: $0) }) else { return }
    let member = ports.policy().routing.member(slack: user.id, email: email)
    guard let member else { return }
    let entry = RosterChange(
      at: ports.now(), by: "slack", member: member, action: user.isDeleted ? "inactive" : "active")
    do throws(StorageError) {
      try await Roster.change(entry, in: ports.documents) { status in
        // Unknown and active are the same to routing: nothing is written of those who never left.
        if user.isDeleted || status.activeInSlack == false { status.activeInSlack = !user.isDeleted }
      }
      await ports.home.changed(people: [member])
      if !user.isDeleted { await offerWaiting(to: member) }
    } catch {
      ports.desk.report(storage: error)
    }
  }

  /// The bot, or a member of the team whose channel it is: cards no longer reach them there. Their manager is told.
  private func left(_ user: String, _ channel: String) async {
    do throws(ServiceError) {
      let bot = try await ports.directory.identity().userID
      let teams = try await teams(of: channel)
      guard !teams.isEmpty else { return }
      if user == bot {
        await ports.directory.channels.forget()
        ports.report(.slack("not_in_channel", "Baton was removed from a team's channel: its cards go elsewhere"))
        for manager in Set(teams.compactMap(\.manager)) {
          await tell(
            "Baton was removed from \(Mrkdwn.channel(channel)): its cards go to the default channel. Invite it again.",
            to: manager)
        }
        return
      }
      let person = try await ports.directory.person(user)
      for team in teams {
        guard let manager = team.manager, team.members.contains(where: { $0.email == person.email }) else { continue }
        await tell(
          "\(person.name) left \(Mrkdwn.channel(channel)) and no longer sees the cards of \(team.name) there.",
          to: manager)
      }
    } catch {
      ports.report(error)
    }
  }

  private func teams(of channel: String) async throws(ServiceError) -> [Team] {
    var found: [Team] = []
    for team in ports.policy().routing.teams {
      // A channel that doesn't exist is nobody's.
      if (try? await ports.directory.channels.id(of: team.channel)) == channel { found.append(team) }
    }
    return found
  }

  private func tell(_ text: Mrkdwn, to email: String) async {
    do throws(ServiceError) {
      guard let person = try await ports.directory.person(email: email) else { return }
      await tellDirectly(Message(text: text), to: person.id)
    } catch {
      ports.report(error)
    }
  }
}

/// Which events have been seen, the newest few thousand. Another instance may do one again: none changes anything twice.
actor SeenEvents {
  private static let limit = 5_000
  private var ids: Set<String> = []
  private var order: [String] = []

  func isNew(_ id: String) -> Bool {
    guard ids.insert(id).inserted else { return false }
    order.append(id)
    if order.count > 2 * Self.limit {
      ids.subtract(order.prefix(Self.limit))
      order.removeFirst(Self.limit)
    }
    return true
  }
}

extension RoutingPolicy {
  /// The address under which the configuration knows somebody; nil: it doesn't.
  func member(slack id: String, email: String) -> String? {
    let members = teams.lazy.flatMap(\.members)
    return members.first { $0.slack == id || $0.slack == email }?.email ?? members.first { $0.email == email }?.email
  }
}
