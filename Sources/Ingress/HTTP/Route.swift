/// Every route there is. `manifest/openapi.yaml` describes exactly these.
public enum Route: String, Sendable, CaseIterable {
  case leadWebhook
  case hubspotWebhook
  case slackEvents
  case slackCommands
  case slackInteractions
  case slackOptions
  case health
  case ready
  case metrics
  case lead
  case leads
  case retry
  case deadLetters

  public var method: String {
    switch self {
    case .leadWebhook, .hubspotWebhook, .slackEvents, .slackCommands, .slackInteractions, .slackOptions, .retry: "POST"
    case .health, .ready, .metrics, .lead, .leads, .deadLetters: "GET"
    }
  }

  /// As OpenAPI writes it; the metric label and log field of a request.
  public var pattern: String {
    switch self {
    case .leadWebhook: "/webhooks/lead"
    case .hubspotWebhook: "/webhooks/hubspot"
    case .slackEvents: "/slack/events"
    case .slackCommands: "/slack/commands"
    case .slackInteractions: "/slack/interactions"
    case .slackOptions: "/slack/options"
    case .health: "/health"
    case .ready: "/ready"
    case .metrics: "/metrics"
    case .lead: "/admin/leads/{id}"
    case .leads: "/admin/leads"
    case .retry: "/admin/retry/{id}"
    case .deadLetters: "/admin/dead-letters"
    }
  }

  /// The routes of a path with the value of `{id}`; empty: there is no such path. Paths are compared as they were sent:
  /// no decoding, no trailing slash.
  static func matching(_ path: String) -> [(route: Route, id: String)] {
    allCases.compactMap { route in route.id(in: path).map { (route, $0) } }
  }

  private func id(in path: String) -> String? {
    guard pattern.hasSuffix("{id}") else { return path == pattern ? "" : nil }
    let prefix = pattern.dropLast("{id}".count)
    guard path.hasPrefix(prefix) else { return nil }
    let id = path.dropFirst(prefix.count)
    return id.isEmpty || id.contains("/") ? nil : String(id)
  }
}
