import Foundation

/// The web form that hands leads to the product, signed by Standard Webhooks.
public struct LeadForm: Sendable {
  let world: World
  let product: ProductCalls
  let secret: String

  /// Sends a lead.
  ///
  /// - Parameter id: the delivery's id; a new one where none is given.
  public func submit(_ lead: JSON, id: String? = nil) async -> ProductAnswer {
    let id = id ?? "msg_" + String(UInt64.random(in: .min ... .max), radix: 36)
    let timestamp = String(Int(world.now().timeIntervalSince1970))
    let body = lead.data
    let signature = Signatures.standardWebhook(secret: secret, id: id, timestamp: timestamp, body: body) ?? ""
    return await product.post(
      "/webhooks/lead", operation: "lead",
      headers: [
        ("content-type", "application/json"), ("webhook-id", id), ("webhook-timestamp", timestamp),
        ("webhook-signature", signature),
      ], body: body, timeout: .seconds(10))
  }
}
