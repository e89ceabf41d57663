import Foundation

/// One call that a stand-in received. Holds no token and no body.
public struct Call: Sendable, Equatable {
  public var number: Int
  public var service: StandIn
  /// The service's own name for it, as "chat.postMessage" or "contacts.create".
  public var operation: String
  public var method: String
  public var path: String
  /// HTTP status, nil while running and where the connection was closed without an answer.
  public var status: Int?
  /// The service's own refusal inside a 200, as Slack's "channel_not_found".
  public var refusal: String?
  public var startedAt: Date
  public var milliseconds: Double?
  /// Calls to the same service that were running when this one came, itself included.
  public var concurrent: Int
  /// The fault that met it.
  public var fault: Fault?
  /// Who called, where the caller's address of the service begins with `/from/NAME`.
  public var caller: String?
}

/// One request as it came, kept only where a test asked for it.
public struct RecordedRequest: Sendable {
  public var operation: String
  public var method: String
  /// As sent, the service's own part: "/crm/owners/2026-09".
  public var path: String
  public var query: [(name: String, value: String)]
  /// Without the credential. Names in lower case.
  public var headers: [(name: String, value: String)]
  public var body: Data

  init(_ operation: String, _ inbound: Inbound) {
    self.operation = operation
    method = inbound.method
    let below = inbound.path.split(separator: "/").dropFirst(inbound.caller == nil ? 1 : 3)
    path = "/" + below.joined(separator: "/")
    query = inbound.query
    headers = inbound.headers.filter { !["authorization", "api-key", "x-api-key"].contains($0.key) }
      .map { ($0.key, $0.value) }
    body = inbound.body
  }
}

/// The calls in order of arrival, the newest 20,000 of them, and counts of all.
struct CallLog: Sendable {
  private static let kept = 20_000

  private(set) var calls: [Call] = []
  private(set) var total: [StandIn: Int] = [:]
  private(set) var running: [StandIn: Int] = [:]
  private(set) var mostAtOnce: [StandIn: Int] = [:]
  private(set) var recorded: [StandIn: [RecordedRequest]] = [:]
  private var next = 1

  mutating func begin(_ service: StandIn, _ operation: String, _ inbound: Inbound, fault: Fault?) -> Int {
    defer { next += 1 }
    let concurrent = running[service, default: 0] + 1
    running[service] = concurrent
    mostAtOnce[service] = max(concurrent, mostAtOnce[service] ?? 0)
    total[service, default: 0] += 1
    recorded[service]?.append(RecordedRequest(operation, inbound))
    calls.append(
      Call(
        number: next, service: service, operation: operation, method: inbound.method, path: inbound.path,
        startedAt: inbound.now, concurrent: concurrent, fault: fault,
        caller: inbound.caller))
    if calls.count > Self.kept + 2_000 { calls.removeFirst(2_000) }
    return next
  }

  mutating func end(_ number: Int, _ service: StandIn, status: Int?, refusal: String?, milliseconds: Double) {
    running[service, default: 1] -= 1
    guard let first = calls.first?.number, calls.indices.contains(number - first) else { return }
    calls[number - first].status = status
    calls[number - first].refusal = refusal
    calls[number - first].milliseconds = milliseconds
  }

  mutating func record(_ service: StandIn) { recorded[service] = [] }

  mutating func clear() { calls.removeAll() }
}
