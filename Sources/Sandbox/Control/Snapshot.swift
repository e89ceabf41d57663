import Foundation

/// What one person looking at the page sees.
struct Snapshot {
  let state: WorldState
  let user: String
  let channel: String

  private static let shownMessages = 200
  private static let shownCalls = 150
  private static let shownRecords = 60

  init(state: WorldState, user: String?, channel: String?) {
    self.state = state
    self.user = user ?? state.slack.workspace.members.first?.id ?? ""
    self.channel = channel ?? state.slack.channelOrder.first ?? ""
  }

  private var slack: SlackState { state.slack }

  var json: JSON {
    [
      "version": .int(state.version), "user": .string(user), "channel": .string(channel),
      "product": JSON(state.productURL), "bot": ["id": .string(slack.workspace.botUserID), "name": "Baton"],
      "users": .array(slack.workspace.members.map(person)), "channels": .array(channels), "messages": messages,
      "ephemerals": .array(slack.ephemerals.filter { $0.user == user && $0.channel == channel }.map(\.json)),
      "views": .array(views), "home": slack.homes[user].map { ViewStack.json($0, slack.workspace) } ?? .null,
      "crm": crm, "calls": .array(state.calls.calls.suffix(Self.shownCalls).reversed().map(Self.json)),
      "services": .array(StandIn.allCases.map(service)),
    ]
  }

  private func person(_ member: Workspace.Member) -> JSON {
    ["id": .string(member.id), "name": .string(member.name), "handle": .string(member.handle)]
  }

  private var channels: [JSON] {
    slack.channelOrder.compactMap { slack.channels[$0] }
      .filter { $0.person == nil || $0.person == user }
      .map { channel in
        [
          "id": .string(channel.id), "name": channel.person == nil ? .string(channel.name) : "Baton",
          "direct": .bool(channel.person != nil), "archived": .bool(channel.archived),
          "unread": .int(unread(channel)), "messages": .int(slack.timelines[channel.id]?.messages.count ?? 0),
        ]
      }
  }

  private func unread(_ channel: SlackChannel) -> Int {
    let seen = channel.lastRead[user] ?? ""
    return (slack.timelines[channel.id]?.messages ?? []).reversed().prefix { $0.ts > seen }
      .count { !$0.isReply && $0.user != user }
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
