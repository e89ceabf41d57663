import Foundation
import Metrics
import RevOps

/// `POST /webhooks/lead`: verify, decode, store, answer. A 2xx means that the delivery is on disk.
struct LeadWebhook: Sendable {
  private let dependencies: IngressDependencies
  private let limits: IngressLimits
  private let gate: RateGate

  init(dependencies: IngressDependencies, limits: IngressLimits) {
    self.dependencies = dependencies
    self.limits = limits
    gate = RateGate(limits)
  }

  func receive(_ request: IncomingRequest) async throws -> Reply {
    guard !dependencies.webhook.isEmpty else { throw Problem.notConfigured("WEBHOOK_SECRET or WEBHOOK_TOKEN") }
    try gate.admit(peer: request.peer, now: request.now)
    let token = BearerToken.presented(by: request).flatMap(dependencies.webhook.scope(ofToken:))
    // A stranger's body is not read at all, unless it may prove itself by its signature.
    guard token != nil || WebhookSignature(request) != nil else { throw refused() }
    let body = try await BodyReader.read(request, limit: limits.leadBody, within: limits.bodyTimeout)
    guard let scope = token ?? signer(request, body) else { throw refused() }
    try gate.admit(credential: scope, now: request.now)
    let decoded = try LeadBody.decode(body, as: ContentType.of(request), limits: limits)
    return try await store(decoded, try DeliveryName(request, body: decoded, scope: scope), request)
  }

  private func signer(_ request: IncomingRequest, _ body: [UInt8]) -> String? {
    WebhookSignature(request)?.signer(of: body, among: dependencies.webhook.secrets, now: request.now)
  }

  private func refused() -> Problem {
    Counter(label: "baton_refused_signatures_total", dimensions: [("route", Route.leadWebhook.pattern)]).increment()
    return .unauthorized
  }

  private func store(_ body: JSONValue, _ name: DeliveryName, _ request: IncomingRequest) async throws -> Reply {
    let payload = try LeadBody.payload(body)
    let identity = EmailAddress.identity(of: payload.email)
    let id = dependencies.ids.lead(identity, request.now)
    let intake = Intake(
      channel: .form, receivedAt: request.now, identity: identity, payload: payload, raw: body,
      bulk: dependencies.isBulk(payload, request.now))
    let message = InboxMessage(
      id: dependencies.ids.message(request.now), leadID: id, body: .submission(intake), receivedAt: request.now)
    let delivery = Delivery(key: name.key, bodyHash: name.bodyHash, keepFor: name.keepFor, message: message)
    switch try await dependencies.inbox.append(delivery, now: request.now) {
    case .appended:
      dependencies.wake(id.partition)
      return answer("accepted", 202, id)
    case .duplicate(let first): return answer("duplicate", 200, first)
    case .conflict(let first): return answer("duplicate", 200, first, counted: "conflict")
    }
  }

  private func answer(_ status: String, _ code: Int, _ id: LeadID, counted result: String? = nil) -> Reply {
    Counter(label: "baton_deliveries_total", dimensions: [("result", result ?? status)]).increment()
    return .json(
      .object(["status": .string(status), "lead_id": .string(id.description)]), status: code, lead: id)
  }
}
