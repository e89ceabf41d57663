import SlackAPI

/// The Slack app as Baton needs it: scopes, commands, events and addresses for what the code does, and nothing more.
public enum SlackManifest {
  /// The Web API methods that Baton calls, each with the bot scopes that it needs.
  public static let methods: [String: [String]] = [
    "auth.test": [],
    "chat.postMessage": ["chat:write", "chat:write.public"],
    "chat.update": ["chat:write"],
    "chat.postEphemeral": ["chat:write"],
    "chat.getPermalink": [],
    "conversations.list": ["channels:read", "groups:read"],
    "conversations.history": ["channels:history", "groups:history", "im:history"],
    "conversations.replies": ["channels:history", "groups:history", "im:history"],
    "conversations.open": ["im:write"],
    "users.info": ["users:read", "users:read.email"],
    "users.lookupByEmail": ["users:read.email"],
    "users.list": ["users:read", "users:read.email"],
    "views.open": [],
    "views.update": [],
    "views.publish": [],
  ]

  /// The events that Baton acts on, each with the bot scopes that Slack wants for it.
  public static let eventScopes: [String: [String]] = [
    "app_home_opened": [],
    "app_mention": ["app_mentions:read"],
    "app_uninstalled": [],
    "channel_rename": ["channels:read"],
    "group_rename": ["groups:read"],
    "member_left_channel": ["channels:read", "groups:read"],
    "tokens_revoked": [],
    "user_change": ["users:read"],
  ]

  /// Beside the slash command: what stands in the menu of each message and in the search.
  public static let shortcuts: [(name: String, type: String, callback: String, about: String)] = [
    ("Make a lead", "message", NewLeadModal.messageShortcut.rawValue, "Sends the lead in this message to Baton"),
    ("New lead", "global", NewLeadModal.shortcut.rawValue, "A form for a lead that came by phone or in person"),
  ]

  /// Of the methods and of what Slack sends: slash command and shortcuts (`commands`), and the events.
  public static var scopes: [String] {
    Set(methods.values.joined()).union(eventScopes.values.joined()).union(["commands"]).sorted()
  }

  public static var events: [String] { eventScopes.keys.sorted() }

  /// YAML for "Create an app from a manifest".
  /// - Parameters:
  ///   - publicURL: Baton's https address. Nil: a placeholder to be replaced.
  ///   - socketMode: whether Slack sends over a socket that Baton opens: then there are no addresses.
  public static func yaml(publicURL: String?, socketMode: Bool = false) -> String {
    let base = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } ?? "https://baton.example.com"
    return ([head] + [features(socketMode ? nil : base), oauth, settings(socketMode ? nil : base)])
      .joined(separator: "\n") + "\n"
  }

  private static let head = """
    _metadata:
      major_version: 1
      minor_version: 1
    display_information:
      name: Baton
      description: Passes every inbound lead to the right rep within seconds, and shows why.
      background_color: "#1d3557"
    """

  private static func features(_ base: String?) -> String {
    let url = base.map { "\n      url: \(quoted($0 + "/slack/commands"))" } ?? ""
    return """
      features:
        bot_user:
          display_name: Baton
          always_online: true
        app_home:
          home_tab_enabled: true
          messages_tab_enabled: true
          messages_tab_read_only_enabled: true
        shortcuts:
      \(shortcuts.map(entry).joined(separator: "\n"))
        slash_commands:
          - command: /lead\(url)
            description: Find leads, bring them in, and see who has them
            usage_hint: \(quoted(usageHint))
            should_escape: true
      """
  }

  private static var usageHint: String {
    (["acme.com", "ada@acme.com"] + LeadRequest.commands.map(\.word)).joined(separator: " | ")
  }

  private static func entry(
    _ shortcut: (name: String, type: String, callback: String, about: String)
  ) -> String {
    """
        - name: \(shortcut.name)
          type: \(shortcut.type)
          callback_id: \(shortcut.callback)
          description: \(shortcut.about)
    """
  }

  private static var oauth: String {
    "oauth_config:\n  scopes:\n    bot:\n" + list(scopes, indent: 6)
  }

  private static func settings(_ base: String?) -> String {
    let events = base.map { "\n    request_url: \(quoted($0 + "/slack/events"))" } ?? ""
    let actions =
      base.map {
        "\n    request_url: \(quoted($0 + "/slack/interactions"))"
          + "\n    message_menu_options_url: \(quoted($0 + "/slack/options"))"
      } ?? ""
    return """
      settings:
        event_subscriptions:\(events)
          bot_events:
      \(list(Self.events, indent: 6))
        interactivity:
          is_enabled: true\(actions)
        org_deploy_enabled: false
        socket_mode_enabled: \(base == nil)
        token_rotation_enabled: false
      """
  }

  private static func list(_ items: [String], indent: Int) -> String {
    items.map { String(repeating: " ", count: indent) + "- " + quoted($0) }.joined(separator: "\n")
  }

  /// A double-quoted scalar (YAML 1.2 §7.3.1).
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
