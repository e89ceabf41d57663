import Foundation
import Logging
import Metrics
import RevOps

/// `POST /webhooks/hubspot`: verify, decode, store, answer. Nothing is read in HubSpot before the answer: what the events
/// mean is found out later, from the records themselves.
struct HubSpotWebhook: Sendable {
  /// HubSpot sends fewer.
  static let most = 100
  /// HubSpot repeats for a day.
  static let keepFor = Duration.seconds(3 * 86_400)

  let dependencies: IngressDependencies
  let limits: IngressLimits
  let logger: Logger

  func receive(_ request: IncomingRequest) async throws -> Reply {
    guard let hubspot = dependencies.hubspot else {
      throw Problem.notConfigured("HUBSPOT_ACCESS_TOKEN, HUBSPOT_APP_SECRET and BATON_PUBLIC_URL")
    }
    // A stranger's body is not read at all, unless it may prove itself by its signature.
    guard let signature = HubSpotSignature(request) else { return refused(request, bytes: 0) }
    let body = try await BodyReader.read(request, limit: limits.signedBody, within: limits.bodyTimeout)
    let holds = signature.holds(
      method: Route.hubspotWebhook.method, address: hubspot.publicURL + request.target, body: body,
      secret: hubspot.appSecret, now: request.now)
    guard holds else { return refused(request, bytes: body.count) }
    guard ContentEncoding.isPlain(request) else {
      throw Problem.unsupported("unsupported_encoding", "Send the body without Content-Encoding")
    }
    return try await store(try events(body), of: hubspot.portalID, request)
  }

  private func refused(_ request: IncomingRequest, bytes: Int) -> Reply {
    Counter(label: "baton_refused_signatures_total", dimensions: [("route", Route.hubspotWebhook.pattern)]).increment()
    logger.debug("HubSpot signature refused", metadata: ["bytes": "\(bytes)"])
    return Reply(status: 401)
  }

  private func events(_ body: [UInt8]) throws(Problem) -> [HubSpotEvent] {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue.parse(body, limits: JSONLimits(depth: limits.depth))
    } catch {
      throw .malformed("invalid_json", detail: "\(error.code.rawValue) at byte \(error.offset)")
    }
    guard let items = json.array else { throw .malformed("invalid_payload", detail: "An array of events is wanted") }
    guard items.count <= Self.most else {
      throw .malformed("too_many_events", detail: "At most \(Self.most) events are taken at once")
    }
    var events: [HubSpotEvent] = []
    for (index, item) in items.enumerated() { events.append(try HubSpotEvent(item, at: index)) }
    return events
  }

  /// All that means something is on disk when this returns.
  private func store(_ events: [HubSpotEvent], of portal: String?, _ request: IncomingRequest) async throws -> Reply {
    let known = events.filter { portal == nil || $0.portalID == portal }
    let deliveries = known.compactMap { event in event.hint.map { delivery(of: event, $0, request) } }
    let results = try await append(deliveries, now: request.now)
    let stored = results.count { $0 == .appended }
    let counts = [
      ("stored", stored), ("duplicate", results.count - stored), ("ignored", events.count - deliveries.count),
    ]
    for (result, count) in counts where count > 0 {
      Counter(label: "baton_crm_webhook_events_total", dimensions: [("result", result)]).increment(by: Int64(count))
    }
    return .json(
      .object(["status": .string("accepted"), "stored": .int(stored), "ignored": .int(events.count - stored)]),
      status: 202)
  }

  private func delivery(of event: HubSpotEvent, _ hint: CRMEvent, _ request: IncomingRequest) -> Delivery {
    // Values of properties are personal data, and long.
    let name = JSONValue.array(event.identity.map { .text($0) }).jsonText
    var random = SystemRandomNumberGenerator()
    return Delivery(
      key: "hubspot/event/" + Digest256.hex(name.utf8), bodyHash: nil, keepFor: Self.keepFor,
      message: hint.message(at: request.now, random: &random))
  }

  /// At once, so that the store writes them together.
  private func append(_ deliveries: [Delivery], now: Date) async throws -> [AppendResult] {
    let inbox = dependencies.inbox
    return try await withThrowingTaskGroup(of: AppendResult.self) { group in
      for delivery in deliveries {
        group.addTask {
          let result = try await inbox.append(delivery, now: now)
          if result == .appended { dependencies.wake(delivery.message.leadID.partition) }
          return result
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }
}
