import RevOps
import VendorAPI

extension Playbook.Rates {
  /// The limiter's buckets under the names that the clients use.
  var limits: [String: Rate] {
    let rates: [String: Playbook.CallRate?] = [
      "hubspot": hubspot, "hubspot_search": hubspotSearch, "slack_channel": slackChannel, "pinecone": pinecone,
      "apollo": apollo, "clearbit": clearbit, "openai": openai,
    ]
    var limits = rates.compactMapValues { $0 }.mapValues { Rate(count: $0.count, per: .seconds($0.seconds)) }
    for name in ["hubspot", "hubspot_search"] {
      limits[name] = limits[name].map { Rate(count: $0.count, per: $0.per * Self.room) }
    }
    return limits
  }

  /// HubSpot counts calls as they arrive, over windows that roll: those that overtake each other on the way must not make
  /// one too many.
  private static let room = 1.05
}
