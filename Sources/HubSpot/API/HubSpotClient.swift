import Foundation
import VendorAPI

/// Calls to one HubSpot account, within its limits. Nothing is repeated here: whoever calls decides by the error.
public struct HubSpotClient: Sendable {
  static let vendor = "hubspot"
  /// The limiter's buckets, named as the playbook's `rates` are. A search takes from both.
  public static let bucket: RateLimiter.Bucket = "hubspot"
  public static let searchBucket: RateLimiter.Bucket = "hubspot_search"

  private let transport: any HTTPTransport
  private let baseURL: String
  private let token: String
  /// The dated API release that paths carry, as `2026-09`.
  let release: String
  private let limiter: RateLimiter
  private let timeout: Duration
  let now: @Sendable () -> Date

  /// - Parameters:
  ///   - token: a service key or the access token of an app.
  ///   - timeout: of one call, waiting for the limiter not included.
  public init(
    transport: any HTTPTransport, baseURL: String = "https://api.hubapi.com", token: String,
    release: String = "2026-09", limiter: RateLimiter, timeout: Duration = .seconds(10),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.transport = transport
    self.baseURL = baseURL
    self.token = token
    self.release = release
    self.limiter = limiter
    self.timeout = timeout
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
    do {
      if call.isSearch { try await limiter.acquire(Self.searchBucket) }
      try await limiter.acquire(Self.bucket)
    } catch { throw .cancelled(call.operation) }
  }

  /// What one call was told holds for all: further calls wait instead of asking for the same refusal. A locked record
  /// (423) concerns nobody else.
  private func pause(after failure: HubSpotFailure, _ call: HubSpotCall) async {
    guard case .later(let wait) = failure.error.retry, [429, 477].contains(failure.error.status) else { return }
    let isSecondly = failure.refusal?.policy == "SECONDLY"
    await limiter.pause(isSecondly && call.isSearch ? Self.searchBucket : Self.bucket, for: wait)
  }

  private func request(for call: HubSpotCall) -> VendorRequest {
    var headers = [(name: "Authorization", value: "Bearer " + token), (name: "Accept", value: "application/json")]
    if call.body != nil { headers.append((name: "Content-Type", value: "application/json")) }
    return VendorRequest(
      vendor: Self.vendor, operation: call.operation, method: call.method,
      url: URLQuery.url(baseURL, call.segments, query: call.query), headers: headers, body: call.body,
      timeout: timeout)
  }
}
