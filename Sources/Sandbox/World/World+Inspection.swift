extension World {
  /// The newest calls, oldest first.
  public var calls: [Call] { read(\.calls.calls) }

  public func calls(_ service: StandIn, _ operation: String? = nil) -> [Call] {
    calls.filter { $0.service == service && (operation == nil || $0.operation == operation) }
  }

  /// All calls ever, and the most that ran at once.
  public func counts(_ service: StandIn) -> (total: Int, mostAtOnce: Int) {
    read { ($0.calls.total[service] ?? 0, $0.calls.mostAtOnce[service] ?? 0) }
  }

  /// What a service was sent since `recordRequests`.
  public func requests(_ service: StandIn) -> [RecordedRequest] { read { $0.calls.recorded[service] ?? [] } }

  /// Requests that HubSpot would refuse whatever its records are, as "operation: why".
  public var hubSpotViolations: [String] { read(\.hubSpot.violations) }

  public func clearCalls() { change { $0.calls.clear() } }

  /// The id of a channel by its name, with or without #.
  public func channelID(_ name: String) -> String? {
    let plain = name.hasPrefix("#") ? String(name.dropFirst()) : name
    return read { state in state.slack.channels.values.first { $0.name == plain && $0.person == nil }?.id }
  }

  public func userID(_ email: String) -> String? {
    read { state in state.slack.workspace.members.first { $0.email == email }?.id }
  }

  /// The direct conversation between the bot and a person, if there is one.
  public func directChannelID(_ user: String) -> String? {
    read { state in state.slack.channels.values.first { $0.person == user }?.id }
  }

  /// The messages of a channel, thread replies included, oldest first, with metadata.
  public func messages(_ channel: String) -> [JSON] {
    read { state in
      (state.slack.timelines[channel]?.messages ?? []).map { $0.json(state.slack.workspace, withMetadata: true) }
    }
  }

  /// One message of a channel, nil if there is none with that stamp.
  public func message(_ channel: String, _ ts: String) -> JSON? {
    read { state in
      let message = state.slack.timelines[channel]?.messages.first { $0.ts == ts }
      return message?.json(state.slack.workspace, withMetadata: true)
    }
  }

  /// What one person alone sees, Slack's own remarks included, oldest first.
  public func ephemerals(_ user: String) -> [JSON] {
    read { state in state.slack.ephemerals.filter { $0.user == user }.map(\.json) }
  }

  /// The windows that a person has open, the top one last.
  public func views(_ user: String) -> [JSON] {
    read { state in
      (state.slack.stacks[user] ?? []).compactMap { state.slack.views[$0] }
        .map { ViewStack.json($0, state.slack.workspace) }
    }
  }

  /// A person's Home tab, nil until one was published.
  public func home(_ user: String) -> JSON? {
    read { state in state.slack.homes[user].map { ViewStack.json($0, state.slack.workspace) } }
  }

  public func records(_ kind: CRMKind) -> [CRMRecord] { read { $0.hubSpot.all(kind) } }

  public func record(_ kind: CRMKind, _ id: String) -> CRMRecord? { read { $0.hubSpot.record(kind, id) } }

  /// The ids linked to a record.
  public func linked(_ kind: CRMKind, _ id: String, to: CRMKind) -> [String] {
    read { $0.hubSpot.linked(kind, id, to).map(\.id) }
  }

  public func owner(_ email: String) -> CRMOwner? { read { $0.hubSpot.owners.first { $0.email == email } } }

  public func listMembers(_ list: String) -> Set<String> { read { $0.hubSpot.lists[list] ?? [] } }
}
