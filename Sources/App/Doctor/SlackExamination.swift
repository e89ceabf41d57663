import SlackAPI
import SlackDesk
import VendorAPI

/// The workspace: token, scopes, and whether it has the people and channels that the configuration names.
struct SlackExamination: Sendable {
  let client: SlackClient
  let settings: SlackSettings
  let people: [NamedPerson]?
  let channels: [NamedChannel]?
  /// Whether the bot may be taken into public channels.
  let fixes: Bool

  func findings() async -> [Finding] {
    let identity: SlackIdentity
    do throws(VendorError) {
      identity = try await Patience.call { () async throws(VendorError) in try await client.identity() }
    } catch {
      return [Self.failed("token", error)]
    }
    let workspace = identity.teamName ?? identity.teamID
    return [Finding("slack", "token", .ok, "accepted, for the workspace \(workspace)"), scopes(identity), secret]
      + (await Examination.sideBySide(parts(identity)))
  }

  private func parts(_ identity: SlackIdentity) -> [Examination] {
    guard let people, let channels else {
      return [
        Examination("slack", "people") {
          [Finding("slack", "people", .warning, "people and channels are not looked at: the configuration has errors")]
        }
      ]
    }
    let colleagues = SlackColleagues(client: client, team: identity.teamID)
    let rooms = SlackRooms(client: client, identity: identity, fixes: fixes)
    return [
      // Slack allows about fifty look-ups of addresses a minute.
      Examination("slack", "people", limit: .seconds(240)) { await colleagues.findings(people) },
      Examination("slack", "channels", limit: .seconds(120)) { await rooms.findings(channels) },
    ]
  }

  private func scopes(_ identity: SlackIdentity) -> Finding {
    guard !identity.scopes.isEmpty else {
      return Finding("slack", "scopes", .warning, "Slack does not say what the token may do")
    }
    let missing = Set(SlackManifest.scopes).subtracting(identity.scopes).sorted()
    guard missing.isEmpty else {
      return Finding(
        "slack", "scopes", .failing, "the token lacks \(missing.joined(separator: ", "))",
        remedy: "paste what `baton manifest` prints into the app's manifest, then install the app again")
    }
    return Finding("slack", "scopes", .ok, "all \(SlackManifest.scopes.count) that Baton uses")
  }

  private var secret: Finding {
    settings.signingSecrets.isEmpty
      ? Finding("slack", "signing_secret", .off, "not set: clicks come over the socket of SLACK_APP_TOKEN alone")
      : Finding(
        "slack", "signing_secret", .ok,
        "set; Slack has no call to check it with: a wrong one shows as 401 at the first click")
  }

  static func failed(_ check: String, _ error: VendorError) -> Finding {
    let remedy =
      error.code == "missing_scope"
      ? "paste what `baton manifest` prints into the app's manifest, then install the app again"
      : "copy the app's Bot User OAuth Token (xoxb-…, OAuth & Permissions) into SLACK_BOT_TOKEN"
    return .failed("slack", check, error, credentials: remedy, address: "SLACK_API_URL")
  }
}
