/// What every interaction may carry: who acted, where from.
public struct InteractionContext: Sendable, Equatable {
  public var userID: String
  public var userName: String?
  /// The workspace of the person, which in a shared channel may be another than the app's.
  public var userTeamID: String?
  /// Nil for an app that is installed for a whole organisation.
  public var teamID: String?
  public var enterpriseID: String?
  public var isEnterpriseInstall: Bool
  public var apiAppID: String?
  /// Opens one view, within 3 seconds of the act.
  public var triggerID: String?

  init(_ json: SlackJSON) throws(SlackPayloadError) {
    guard let user = json["user"]["id"].text else { throw .missing("user.id") }
    userID = user
    userName = json["user"]["name"].text ?? json["user"]["username"].text
    userTeamID = json["user"]["team_id"].text
    teamID = json["team"]["id"].text
    enterpriseID = json["enterprise"]["id"].text ?? json["team"]["enterprise_id"].text
    isEnterpriseInstall = json["is_enterprise_install"].bool ?? false
    apiAppID = json["api_app_id"].text
    triggerID = json["trigger_id"].text
  }
}
