import SlackAPI
import VendorAPI

/// Whether cards can be posted in the channels of the configuration, and looked up there when an answer was lost.
struct SlackRooms: Sendable {
  let client: SlackClient
  let identity: SlackIdentity
  let fixes: Bool

  func findings(_ channels: [NamedChannel]) async -> [Finding] {
    let known: [SlackChannel]
    do throws(VendorError) {
      known = try await Patience.call { () async throws(VendorError) in try await client.everyChannel() }
    } catch {
      return [SlackExamination.failed("channels", error)]
    }
    var findings: [Finding] = []
    for channel in channels {
      if let finding = await finding(channel, Self.match(channel, in: known)) { findings.append(finding) }
    }
    let fine = channels.count - findings.count { $0.state == .failing }
    return Finding.tally("slack", "channels", fine, of: channels.count, "can be posted in") + findings
  }

  /// An archived channel may have given its name to a new one.
  private static func match(_ channel: NamedChannel, in known: [SlackChannel]) -> SlackChannel? {
    let name = (channel.name.hasPrefix("#") ? String(channel.name.dropFirst()) : channel.name).lowercased()
    let matching = known.filter { $0.id == channel.name || $0.name?.lowercased() == name }
    return matching.first { !$0.isArchived } ?? matching.first
  }

  private func finding(_ channel: NamedChannel, _ found: SlackChannel?) async -> Finding? {
    guard let found else {
      return failing(
        "\(channel.words) does not exist, or is private without Baton in it",
        "make it, correct its name, or say `/invite @Baton` in it")
    }
    if found.isArchived {
      return failing("\(channel.words) is archived", "unarchive it, or name another channel")
    }
    return found.isMember ? nil : await absence(channel, found)
  }

  private func absence(_ channel: NamedChannel, _ found: SlackChannel) async -> Finding {
    let isOpen = !found.isPrivate && identity.scopes.contains("channels:join")
    guard isOpen, fixes else {
      return failing(
        "Baton is not in \(channel.words)",
        isOpen ? "run `baton doctor --fix`, or say `/invite @Baton` in it" : "say `/invite @Baton` in it")
    }
    do throws(VendorError) {
      try await Patience.call { () async throws(VendorError) in try await client.join(channel: found.id) }
      return Finding("slack", "channels", .ok, "Baton has joined \(channel.words)")
    } catch {
      return failing(
        "Baton is not in \(channel.words) and could not join: \(error.detail)", "say `/invite @Baton` in it")
    }
  }

  private func failing(_ detail: String, _ remedy: String) -> Finding {
    Finding("slack", "channels", .failing, detail, remedy: remedy)
  }
}
