import RevOps
import VendorAPI

extension Playbook.Rates {
  /// The limiter's buckets under the names that the clients use.
  var limits: [String: Rate] {
    let rates: [String: Playbook.CallRate?] = [
      "hubspot": hubspot, "hubspot_search": hubspotSearch, "slack_channel": slackChannel, "pinecone": pinecone,
      "apollo": apollo, "clearbit": clearbit, "openai": openai,
    ]
    return rates.compactMapValues { $0 }.mapValues { Rate(count: $0.count, per: .seconds($0.seconds)) }
  }
}
