import Foundation

/// The webhooks of an app's subscriptions.
public struct CRMWebhook: Sendable {
  /// `contact.creation`, or `object.creation` with the type's id.
  public enum Format: String, Sendable, CaseIterable {
    case classic, generic
  }

  static let path = "/webhooks/hubspot"
  /// The first, and ten repeats. HubSpot spreads them over a day; here nobody waits so long.
  static let attempts = 11
  static let pause = Duration.milliseconds(500)

  var format: Format
  var portalID: Int
  var now: Date

  func event(_ change: String, of kind: CRMKind, _ id: String, source: String = "CRM_UI") -> JSON {
    var event: JSON = [
      "eventId": .int(Int.random(in: 1...4_000_000_000)), "subscriptionId": 12, "portalId": .int(portalID),
      "appId": 99, "occurredAt": .int(Int(now.timeIntervalSince1970 * 1000)), "attemptNumber": 0,
      "objectId": .int(Int(id) ?? 0), "changeSource": .string(source),
    ]
    switch Self.isClassic(kind) ? format : .generic {
    case .classic: event["subscriptionType"] = .string("\(kind.singular).\(change)")
    case .generic:
      event["subscriptionType"] = .string("object.\(change)")
      event["objectTypeId"] = .string(kind.typeID)
    }
    return event
  }

  /// Engagements came with the newer format only.
  private static func isClassic(_ kind: CRMKind) -> Bool { [.contacts, .companies, .deals].contains(kind) }

  static func numbered(_ event: JSON, _ attempt: Int) -> JSON {
    var event = event
    event["attemptNumber"] = .int(attempt)
    return event
  }

  static func headers(
    secret: String, address: String, timestamp: String, body: Data
  ) -> [(name: String, value: String)] {
    let signature = Signatures.hubSpot(
      secret: secret, method: "POST", address: decoded(address), timestamp: timestamp, body: body)
    return [
      ("content-type", "application/json"), ("x-hubspot-signature-v3", signature),
      ("x-hubspot-request-timestamp", timestamp),
    ]
  }

  /// The escapes that HubSpot decodes before it signs.
  private static func decoded(_ address: String) -> String {
    let signs = [
      "%3A": ":", "%2F": "/", "%3F": "?", "%40": "@", "%21": "!", "%24": "$", "%27": "'", "%28": "(", "%29": ")",
      "%2A": "*", "%2C": ",", "%3B": ";",
    ]
    return signs.reduce(address) { $0.replacingOccurrences(of: $1.key, with: $1.value, options: .caseInsensitive) }
  }
}
