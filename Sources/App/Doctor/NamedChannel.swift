import RevOps

/// A channel that the configuration names, with all that it is named for.
struct NamedChannel: Sendable, Equatable {
  /// `#name` or an id.
  let name: String
  private(set) var uses: [String]

  /// Every channel once, in the order of the files.
  static func all(in policy: Policy) -> [NamedChannel] {
    let notify = policy.playbook.notify
    var named: [(String, String)] = policy.routing.teams.map { ($0.channel, "team \($0.name)") }
    named.append((notify.channel, "notify.channel"))
    if let channel = notify.triageChannel { named.append((channel, "notify.triage_channel")) }
    if let channel = notify.highPriorityChannel { named.append((channel, "notify.high_priority")) }
    var channels: [NamedChannel] = []
    for (name, use) in named {
      if let index = channels.firstIndex(where: { $0.name == name }) {
        channels[index].uses.append(use)
      } else {
        channels.append(NamedChannel(name: name, uses: [use]))
      }
    }
    return channels
  }

  var words: String { "\(name) (\(uses.joined(separator: ", ")))" }
}
