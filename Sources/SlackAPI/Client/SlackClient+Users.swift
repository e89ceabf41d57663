import VendorAPI

/// Who the token is.
public struct SlackIdentity: Sendable, Equatable {
  public var teamID: String
  public var teamName: String?
  public var enterpriseID: String?
  /// The bot's user.
  public var userID: String
  public var botID: String?
  /// The workspace's address.
  public var url: String?
  /// What the token may do.
  public var scopes: [String]
}

extension SlackClient {
  /// `auth.test`.
  public func identity() async throws(VendorError) -> SlackIdentity {
    let answer = try await call("auth.test", .json([:]), kind: .read)
    let json = answer.json
    guard let team = json["team_id"].text, let user = json["user_id"].text else {
      throw answer.incomplete("team_id or user_id")
    }
    return SlackIdentity(
      teamID: team, teamName: json["team"].text, enterpriseID: json["enterprise_id"].text, userID: user,
      botID: json["bot_id"].text, url: json["url"].text, scopes: answer.scopes)
  }

  /// Everybody, those who left included.
  public func users() async throws(VendorError) -> [SlackUser] {
    try await all("users.list", ["limit": "200"]) { $0["members"].array.compactMap(SlackUser.init) }
  }

  public func user(_ id: String) async throws(VendorError) -> SlackUser {
    let answer = try await call("users.info", .form(["user": id]), kind: .read)
    guard let user = SlackUser(answer.json["user"]) else { throw answer.incomplete("user") }
    return user
  }

  /// Nil when nobody in the workspace has that address; Slack says the same of people who were deactivated.
  public func user(email: String) async throws(VendorError) -> SlackUser? {
    do throws(VendorError) {
      let answer = try await call("users.lookupByEmail", .form(["email": email]), kind: .read)
      guard let user = SlackUser(answer.json["user"]) else { throw answer.incomplete("user") }
      return user
    } catch {
      guard error.code == "users_not_found" else { throw error }
      return nil
    }
  }

  /// The ids of a user group's members.
  public func members(ofUserGroup id: String) async throws(VendorError) -> [String] {
    let answer = try await call("usergroups.users.list", .form(["usergroup": id]), kind: .read)
    return answer.json["users"].array.compactMap(\.string)
  }
}
