import Foundation

/// What Slack knows: the truth against which every method answers.
struct SlackState: Sendable {
  var workspace: Workspace
  var token: String
  var baseURL = ""
  var channels: [String: SlackChannel] = [:]
  var channelOrder: [String] = []
  var timelines: [String: Timeline] = [:]
  var ephemerals: [EphemeralMessage] = []
  var views: [String: OpenView] = [:]
  /// The windows of each person, the top one last.
  var stacks: [String: [String]] = [:]
  var homes: [String: OpenView] = [:]
  var triggers: [String: Trigger] = [:]
  var responses: [String: ResponseAddress] = [:]
  private var lastStamp = 0
  private var lastID = 0

  init(workspace: Workspace, token: String) {
    self.workspace = workspace
    self.token = token
    for channel in workspace.channels { add(channel) }
  }

  mutating func add(_ channel: Workspace.Channel) {
    let members = workspace.members.map(\.id) + (channel.botIsMember ? [workspace.botUserID] : [])
    channels[channel.id] = SlackChannel(
      id: channel.id, name: channel.name, archived: channel.archived, isPrivate: channel.isPrivate,
      members: Set(members))
    channelOrder.append(channel.id)
    timelines[channel.id] = Timeline()
  }

  func member(_ id: String) -> Workspace.Member? { workspace.members.first { $0.id == id } }

  /// Finds a channel by id.
  func channel(_ id: String) throws(SlackRefusal) -> SlackChannel {
    guard let channel = channels[id] else { throw SlackRefusal("channel_not_found") }
    return channel
  }

  /// Finds where to post: an id, a name, or a person, whose direct conversation is opened.
  mutating func destination(_ text: String) throws(SlackRefusal) -> SlackChannel {
    if let channel = channels[text] { return channel }
    if member(text) != nil { return try directChannel(with: text) }
    let name = text.hasPrefix("#") ? String(text.dropFirst()) : text
    guard let channel = channels.values.first(where: { $0.person == nil && $0.name == name }) else {
      throw SlackRefusal("channel_not_found")
    }
    return channel
  }

  /// The direct conversation between the bot and a person, opened where there is none.
  mutating func directChannel(with user: String) throws(SlackRefusal) -> SlackChannel {
    guard let member = member(user) else { throw SlackRefusal("user_not_found") }
    guard !member.deactivated else { throw SlackRefusal("user_disabled") }
    let id = "D0" + user.dropFirst(2)
    if let channel = channels[id] { return channel }
    let channel = SlackChannel(
      id: id, name: "", archived: false, isPrivate: true, person: user, members: [user, workspace.botUserID])
    channels[id] = channel
    channelOrder.append(id)
    timelines[id] = Timeline()
    return channel
  }

  /// A stamp later than every one before: seconds and microseconds, as Slack writes it.
  mutating func stamp(_ now: Date) -> String {
    let microseconds = Int(now.timeIntervalSince1970 * 1_000_000)
    lastStamp = max(microseconds, lastStamp + 1)
    let fraction = String(lastStamp % 1_000_000)
    return "\(lastStamp / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
  }

  /// A new id with Slack's prefix for the kind.
  mutating func newID(_ prefix: String) -> String {
    lastID += 1
    let digits = String(lastID, radix: 36).uppercased()
    return prefix + "0" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  /// A trigger for what a person just did.
  mutating func trigger(for user: String, view: String? = nil, now: Date) -> String {
    let id = newID("13") + "." + newID("98")
    triggers[id] = Trigger(user: user, issuedAt: now.timeIntervalSince1970, view: view)
    return id
  }

  /// An address at which to answer what a person just did.
  mutating func responseURL(_ address: ResponseAddress) -> String {
    let id = newID("R") + String(UInt64.random(in: .min ... .max), radix: 36)
    responses[id] = address
    return baseURL + "/slack/response/" + id
  }
}
