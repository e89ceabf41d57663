import Foundation

/// What one person looking at the page sees.
struct Snapshot {
  let state: WorldState
  let user: String
  let channel: String
  let now: Date
  /// Whether the page may move the clock.
  let clockMoves: Bool

  private static let shownMessages = 200
  private static let shownCalls = 150
  private static let shownRecords = 60

  init(state: WorldState, user: String?, channel: String?, now: Date, clockMoves: Bool) {
    self.state = state
    self.now = now
    self.clockMoves = clockMoves
    let known = user.flatMap(state.slack.member)
    self.user = known?.id ?? state.slack.workspace.members.first?.id ?? ""
    let open = channel.flatMap { state.slack.channels[$0] }
    self.channel = open?.id ?? state.slack.channelOrder.first ?? ""
  }

  private var slack: SlackState { state.slack }

  var json: JSON {
    [
      "version": .int(state.version), "user": .string(user), "channel": .string(channel),
      "now": .double(now.timeIntervalSince1970), "clock_moves": .bool(clockMoves),
      "product": JSON(state.productURLs.first), "bot": ["id": .string(slack.workspace.botUserID), "name": "Baton"],
      "users": .array(slack.workspace.members.map(person)), "channels": .array(channels), "messages": messages,
      "ephemerals": .array(slack.ephemerals.filter { $0.user == user && $0.channel == channel }.map(\.json)),
      "posts": .array(posts),
      "views": .array(views), "home": slack.homes[user].map { ViewStack.json($0, slack.workspace) } ?? .null,
      "crm": crm, "calls": .array(state.calls.calls.suffix(Self.shownCalls).reversed().map(Self.json)),
      "services": .array(StandIn.allCases.map(service)),
    ]
  }

  private func person(_ member: Workspace.Member) -> JSON {
    [
      "id": .string(member.id), "name": .string(member.name), "handle": .string(member.handle),
      "email": .string(member.email), "title": .string(member.title), "zone": .string(member.timeZone),
      "guest": .bool(member.guest),
    ]
  }

  private var channels: [JSON] {
    slack.channelOrder.compactMap { slack.channels[$0] }
      .filter { $0.person == nil || $0.person == user }
      .map { channel in
        [
          "id": .string(channel.id), "name": channel.person == nil ? .string(channel.name) : "Baton",
          "direct": .bool(channel.person != nil), "archived": .bool(channel.archived),
          "unread": .int(unread(channel).count), "calls": .int(unread(channel).count { isCalled(in: $0) }),
          "read": JSON(channel.lastRead[user]), "messages": .int(slack.timelines[channel.id]?.messages.count ?? 0),
        ]
      }
  }

  private func unread(_ channel: SlackChannel) -> [SlackMessage] {
    let seen = channel.lastRead[user] ?? ""
    return (slack.timelines[channel.id]?.messages ?? []).reversed().prefix { $0.ts > seen }
      .filter { $0.user != user && (!$0.isReply || isCalled(in: $0)) }
  }

  /// Whether a message mentions the person or everybody; in a direct conversation every one does.
  private func isCalled(in message: SlackMessage) -> Bool {
    let written = message.text + message.blocks.encoded
    return ["<@\(user)>", "<!channel>", "<!here>", "<!everyone>"].contains { written.contains($0) }
  }

  /// The app's newest messages that carry metadata, wherever they are: what belongs to what the form sent.
  private var posts: [JSON] {
    slack.timelines.flatMap { channel, timeline in
      timeline.messages.suffix(Self.shownMessages).filter { $0.byBot && $0.metadata != nil && !$0.isReply }
        .map { message -> JSON in
          [
            "channel": .string(channel), "ts": .string(message.ts), "text": .string(message.text),
            "about": message.metadata?["event_payload"] ?? .null,
          ]
        }
    }
  }

  private var messages: JSON {
    let all = slack.timelines[channel]?.messages ?? []
    return .array(all.suffix(Self.shownMessages).map { $0.json(slack.workspace, withMetadata: true) })
  }

  private var views: [JSON] {
    (slack.stacks[user] ?? []).compactMap { slack.views[$0] }.map { ViewStack.json($0, slack.workspace) }
  }

  private var crm: JSON {
    var out: [String: JSON] = [:]
    for kind in CRMKind.allCases {
      out[kind.rawValue] = .array(state.hubSpot.all(kind).suffix(Self.shownRecords).reversed().map(record))
    }
    out["owners"] = .array(
      state.hubSpot.owners.map { ["id": .string($0.id), "name": .string($0.name), "archived": .bool($0.archived)] })
    return .object(out)
  }

  private func record(_ record: CRMRecord) -> JSON {
    var links: [String: JSON] = [:]
    for kind in CRMKind.allCases {
      let ids = state.hubSpot.linked(record.kind, record.id, kind).map { JSON.string($0.id) }
      if !ids.isEmpty { links[kind.rawValue] = .array(ids) }
    }
    return [
      "id": .string(record.id), "properties": .object(record.properties.mapValues { .string($0) }),
      "links": .object(links),
    ]
  }

  private func service(_ service: StandIn) -> JSON {
    let fault = state.faults.switches[service]?.first { $0.operation == nil }
    return [
      "name": .string(service.rawValue), "fault": .string(fault?.fault.name ?? "none"),
      "remaining": fault?.remaining.map { .int($0) } ?? .null,
      "calls": .int(state.calls.total[service] ?? 0), "running": .int(state.calls.running[service] ?? 0),
    ]
  }

  static func json(_ call: Call) -> JSON {
    [
      "number": .int(call.number), "service": .string(call.service.rawValue), "operation": .string(call.operation),
      "method": .string(call.method), "path": .string(call.path), "status": call.status.map { .int($0) } ?? .null,
      "refusal": JSON(call.refusal), "milliseconds": call.milliseconds.map { .double($0) } ?? .null,
      "at": .string(HubSpotTime.text(call.startedAt)), "concurrent": .int(call.concurrent),
      "fault": JSON(call.fault?.name),
    ]
  }
}
