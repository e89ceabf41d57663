import Foundation
import Synchronization
import VendorAPI

/// Calls to one HubSpot account, within its limits. Nothing is repeated here: whoever calls decides by the error.
public struct HubSpotClient: Sendable {
  static let vendor = "hubspot"
  /// The limiter's buckets, named as the playbook's `rates` are. A search takes from both.
  public static let bucket: RateLimiter.Bucket = "hubspot"
  public static let searchBucket: RateLimiter.Bucket = "hubspot_search"

  private let transport: any HTTPTransport
  private let baseURL: String
  let token: String
  /// The dated API release that paths carry, as `2026-09`.
  let release: String
  private let limiter: RateLimiter
  private let timeout: Duration
  private let pauses = Pauses()
  /// The limiter has let the next call through already.
  private var holdsTurn = false
  /// Whether those for whom the calls are made may still act.
  private var mayAct: @Sendable () -> Bool = { true }
  /// Gives, in a caller's task, what tells later whether its work may still act.
  let permit: @Sendable () -> @Sendable () -> Bool
  let now: @Sendable () -> Date

  /// - Parameters:
  ///   - token: a service key or the access token of an app.
  ///   - timeout: of one call, waiting for the limiter not included.
  public init(
    transport: any HTTPTransport, baseURL: String = "https://api.hubapi.com", token: String,
    release: String = "2026-09", limiter: RateLimiter, timeout: Duration = .seconds(10),
    permit: @escaping @Sendable () -> @Sendable () -> Bool = { { true } },
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.transport = transport
    self.baseURL = baseURL
    self.token = token
    self.release = release
    self.limiter = limiter
    self.timeout = timeout
    self.permit = permit
    self.now = now
  }

  /// Carries out a call and reads its answer.
  func answer<Answer: Decodable>(
    to call: HubSpotCall, as type: Answer.Type = Answer.self
  ) async throws(HubSpotFailure) -> Answer {
    let request = request(for: call)
    let response = try await send(request, call)
    do { return try VendorJSON.decode(type, from: response, to: request) } catch {
      var error = error
      error.outcomeUnknown = call.isWrite
      throw HubSpotFailure(error)
    }
  }

  /// For the one call whose turn `takeTurn` waited for, made for all who are asked by `mayAct`.
  func withTurn(_ mayAct: @escaping @Sendable () -> Bool) -> HubSpotClient {
    var client = self
    client.holdsTurn = true
    client.mayAct = mayAct
    return client
  }

  var withoutTurn: HubSpotClient {
    var client = self
    client.holdsTurn = false
    return client
  }

  private func send(_ request: VendorRequest, _ call: HubSpotCall) async throws(HubSpotFailure) -> VendorResponse {
    try await admit(call)
    let response: VendorResponse
    do { response = try await transport.send(request) } catch {
      var failure = VendorError(error, vendor: Self.vendor, operation: call.operation)
      failure.outcomeUnknown = failure.outcomeUnknown && call.isWrite
      throw HubSpotFailure(failure)
    }
    guard (200..<300).contains(response.status) else {
      let failure = HubSpotFailure(refused: response, to: call, now: now())
      await pause(after: failure, call)
      throw failure
    }
    return response
  }

  private func admit(_ call: HubSpotCall) async throws(HubSpotFailure) {
    if !holdsTurn { try await takeTurn(call.operation, isSearch: call.isSearch) }
  }

  /// Longer pauses than this are not waited out: the work has to make room, and learns when to come back.
  private static let patience: Duration = .seconds(20)

  /// Returns when a call may go. While the account lets nothing through for long (its day is spent, it is being moved)
  /// nothing is sent, and the failure is the one that HubSpot itself gave.
  func takeTurn(_ operation: String, isSearch: Bool = false) async throws(HubSpotFailure) {
    do {
      if isSearch { try await limiter.acquire(Self.searchBucket, patience: Self.patience) }
      try await limiter.acquire(Self.bucket, patience: Self.patience)
    } catch {
      switch error {
      case .cancelled: throw .cancelled(operation)
      case .paused(let left): throw pauses.failure(operation, for: left)
      }
    }
  }

  /// What one call was told holds for all: further calls wait instead of asking for the same refusal. A locked record
  /// (423) concerns nobody else.
  private func pause(after failure: HubSpotFailure, _ call: HubSpotCall) async {
    guard case .later(let wait) = failure.error.retry, [429, 477].contains(failure.error.status) else { return }
    let isSecondly = failure.refusal?.policy == "SECONDLY"
    pauses.remember(failure)
    await limiter.pause(isSecondly && call.isSearch ? Self.searchBucket : Self.bucket, for: wait)
  }

  private func request(for call: HubSpotCall) -> VendorRequest {
    var headers = [(name: "Authorization", value: "Bearer " + token), (name: "Accept", value: "application/json")]
    if call.body != nil { headers.append((name: "Content-Type", value: "application/json")) }
    var request = VendorRequest(
      vendor: Self.vendor, operation: call.operation, method: call.method,
      url: URLQuery.url(baseURL, call.segments, query: call.query), headers: headers, body: call.body,
      timeout: timeout)
    request.mayAct = mayAct
    return request
  }
}

/// Why calls are held back at present.
private final class Pauses: Sendable {
  private let last = Mutex<HubSpotFailure?>(nil)

  func remember(_ failure: HubSpotFailure) { last.withLock { $0 = failure } }

  func failure(_ operation: String, for left: Duration) -> HubSpotFailure {
    let known = last.withLock { $0?.error }
    return HubSpotFailure(
      VendorError(
        vendor: HubSpotClient.vendor, operation: operation, status: known?.status ?? 429, code: known?.code,
        detail: known?.detail ?? "HubSpot's limit is reached", retry: .later(left)))
  }
}
