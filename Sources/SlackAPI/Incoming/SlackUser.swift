/// A member of the workspace, or somebody it can see.
public struct SlackUser: Sendable, Equatable {
  public var id: String
  public var teamID: String?
  public var name: String?
  public var realName: String?
  public var displayName: String?
  /// Needs the scope `users:read.email`.
  public var email: String?
  /// The IANA name of the time zone.
  public var timeZone: String?
  public var isDeleted: Bool
  public var isBot: Bool
  /// A guest of several channels, or of one (`isUltraRestricted` too).
  public var isRestricted: Bool
  public var isUltraRestricted: Bool
  /// Of another workspace (Slack Connect).
  public var isStranger: Bool

  init?(_ json: SlackJSON) {
    guard let id = json["id"].text else { return nil }
    self.id = id
    let profile = json["profile"]
    teamID = json["team_id"].text
    name = json["name"].text
    realName = json["real_name"].text ?? profile["real_name"].text
    displayName = profile["display_name"].text
    email = profile["email"].text
    timeZone = json["tz"].text
    isDeleted = json["deleted"].bool ?? false
    // Slackbot says that it is no bot.
    isBot = json["is_bot"].bool ?? false || json["is_workflow_bot"].bool ?? false || id == "USLACKBOT"
    isRestricted = json["is_restricted"].bool ?? false
    isUltraRestricted = json["is_ultra_restricted"].bool ?? false
    isStranger = json["is_stranger"].bool ?? false
  }

  /// Whether this is a person who belongs to the workspace of that id: no guest, no bot, nobody of another
  /// workspace, nobody who left.
  public func isFullMember(ofTeam teamID: String?) -> Bool {
    let isForeign = isStranger || (teamID != nil && self.teamID != nil && self.teamID != teamID)
    return !isDeleted && !isBot && !isRestricted && !isUltraRestricted && !isForeign
  }
}
