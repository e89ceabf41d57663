/// A channel or a direct conversation with the bot.
struct SlackChannel: Sendable {
  var id: String
  var name: String
  var archived: Bool
  var isPrivate: Bool
  /// The person on the other side of a direct conversation, nil for a channel.
  var person: String?
  var members: Set<String>
  /// The newest message each person has seen.
  var lastRead: [String: String] = [:]
  var lastPost: Double = 0

  var json: JSON {
    if let person {
      return ["id": .string(id), "is_im": true, "user": .string(person), "is_archived": .bool(archived)]
    }
    return [
      "id": .string(id), "name": .string(name), "name_normalized": .string(name), "is_channel": .bool(!isPrivate),
      "is_group": .bool(isPrivate), "is_im": false, "is_mpim": false, "is_private": .bool(isPrivate),
      "is_archived": .bool(archived), "num_members": .int(members.count),
    ]
  }
}

/// A window that a person has open over Slack, one of at most three on each other.
struct OpenView: Sendable {
  var id: String
  var user: String
  var view: JSON
  var hash: String
  var root: String
  var previous: String?
}

/// What makes an app able to open a window, for three seconds and once.
struct Trigger: Sendable {
  var user: String
  var issuedAt: Double
  var used = false
  /// The window it came from, for `views.push`.
  var view: String?
}

/// An address at which an app may answer an interaction five times in half an hour.
struct ResponseAddress: Sendable {
  var channel: String
  var user: String
  var issuedAt: Double
  var uses = 0
  /// The message that the interaction was on.
  var message: String?
  var messageIsEphemeral = false
  var threadTS: String?
}
