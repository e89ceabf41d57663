import Foundation

/// `auth.test`, `users.*` and `usergroups.users.list`.
enum UserMethods {
  static let all: [String: SlackMethod] = [
    "auth.test": SlackMethod(answer: test),
    "users.list": SlackMethod(acceptsJSON: false, answer: list),
    "users.info": SlackMethod(acceptsJSON: false, answer: info),
    "users.lookupByEmail": SlackMethod(acceptsJSON: false, answer: lookupByEmail),
    "usergroups.users.list": SlackMethod(acceptsJSON: false, answer: groupMembers),
  ]

  @Sendable private static func test(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let workspace = state.workspace
    return [
      "url": "https://\(workspace.domain).slack.com/", "team": "Northwind", "user": "baton",
      "team_id": .string(workspace.teamID), "user_id": .string(workspace.botUserID),
      "bot_id": .string(workspace.botID), "app_id": .string(workspace.appID), "is_enterprise_install": false,
    ]
  }

  @Sendable private static func list(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let page = try Page(call, of: state.workspace.members, most: 1000)
    let team = state.workspace.teamID
    return [
      "members": .array(page.items.map { json($0, team: team) }),
      "response_metadata": ["next_cursor": .string(page.next)],
    ]
  }

  @Sendable private static func info(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let id = try call.required("user", else: "user_not_found")
    if id == state.workspace.botUserID { return ["user": bot(state.workspace)] }
    guard let member = state.member(id) else { throw SlackRefusal("user_not_found") }
    return ["user": json(member, team: state.workspace.teamID)]
  }

  @Sendable private static func lookupByEmail(
    _ call: SlackCall, _ state: inout SlackState
  ) throws(SlackRefusal) -> JSON {
    let email = try call.required("email", else: "users_not_found").lowercased()
    let found = state.workspace.members.first { $0.email.lowercased() == email && !$0.deactivated }
    guard let found else { throw SlackRefusal("users_not_found") }
    return ["user": json(found, team: state.workspace.teamID)]
  }

  @Sendable private static func groupMembers(
    _ call: SlackCall, _ state: inout SlackState
  ) throws(SlackRefusal) -> JSON {
    let group = try call.required("usergroup")
    guard let users = state.workspace.userGroups[group] else { throw SlackRefusal("no_such_subteam") }
    return ["users": .array(users.map { .string($0) })]
  }

  static func json(_ member: Workspace.Member, team: String) -> JSON {
    let offset = TimeZone(identifier: member.timeZone)?.secondsFromGMT() ?? 0
    return [
      "id": .string(member.id), "team_id": .string(team), "name": .string(member.handle),
      "real_name": .string(member.name), "deleted": .bool(member.deactivated), "tz": .string(member.timeZone),
      "tz_label": .string(member.timeZone), "tz_offset": .int(offset), "is_bot": false, "is_app_user": false,
      "is_restricted": .bool(member.guest), "is_ultra_restricted": false, "is_admin": false, "is_owner": false,
      "updated": 1_767_225_600,
      "profile": [
        "email": .string(member.email), "real_name": .string(member.name), "display_name": .string(member.displayName),
        "title": .string(member.title),
      ],
    ]
  }

  private static func bot(_ workspace: Workspace) -> JSON {
    [
      "id": .string(workspace.botUserID), "team_id": .string(workspace.teamID), "name": "baton",
      "real_name": "Baton", "deleted": false, "is_bot": true, "is_app_user": false,
      "profile": ["real_name": "Baton", "display_name": "Baton", "bot_id": .string(workspace.botID)],
    ]
  }
}

/// One page of a list, with the cursor of the next; the cursor is the index at which it begins.
struct Page<Element: Sendable>: Sendable {
  var items: [Element]
  /// Empty at the end.
  var next: String

  init(_ call: SlackCall, of all: [Element], most: Int, usual: Int = 100) throws(SlackRefusal) {
    let limit = min(max(call.number("limit") ?? usual, 1), most)
    let start: Int
    if let cursor = call.text("cursor") {
      guard let index = Int(cursor), index >= 0 else { throw SlackRefusal("invalid_cursor") }
      start = min(index, all.count)
    } else {
      start = 0
    }
    let end = min(start + limit, all.count)
    items = Array(all[start..<end])
    next = end < all.count ? String(end) : ""
  }
}
