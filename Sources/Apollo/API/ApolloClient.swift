import Foundation
import RevOps
import VendorAPI
import VendorPorts

/// Calls to Apollo with one API key, within its limit. Nothing is repeated here.
public struct ApolloClient: Sendable {
  static let vendor = "apollo"
  /// The limiter's bucket, named as the playbook's rate is.
  public static let bucket: RateLimiter.Bucket = "apollo"

  private let calls: LimitedCalls
  private let baseURL: String
  private let apiKey: String
  private let timeout: Duration
  private let now: @Sendable () -> Date

  /// - Parameter timeout: of one call, waiting for the limiter not included.
  public init(
    transport: any HTTPTransport, baseURL: String = "https://api.apollo.io/api/v1", apiKey: String,
    limiter: RateLimiter, timeout: Duration = .seconds(8), now: @escaping @Sendable () -> Date = { Date() }
  ) {
    calls = LimitedCalls(transport: transport, limiter: limiter, bucket: Self.bucket)
    self.baseURL = baseURL
    self.apiKey = apiKey
    self.timeout = timeout
    self.now = now
  }

  /// The person with that address; nil: Apollo knows none, which it says with a success. Phone numbers and private
  /// addresses are not asked for: they cost extra, and the former come later to an address of ours.
  func person(email: String) async throws(VendorError) -> JSONValue? {
    let query = URLQuery([
      (name: "email", value: email), (name: "reveal_personal_emails", value: "false"),
      (name: "reveal_phone_number", value: "false"),
    ])
    return try await answer("people.match", .post, ["people", "match"], query)["person"]?.nonNull
  }

  func organization(domain: String) async throws(VendorError) -> JSONValue? {
    let query = URLQuery([(name: "domain", value: domain)])
    return try await answer("organizations.enrich", .get, ["organizations", "enrich"], query)["organization"]?.nonNull
  }

  /// Whether the key is accepted; costs nothing. A wrong one is answered with a success here.
  public func check() async throws(VendorError) {
    let health = try await answer("auth.health", .get, ["auth", "health"], URLQuery())
    guard health["is_logged_in"] != .bool(false) else {
      throw VendorError(
        vendor: Self.vendor, operation: "auth.health", status: 401, detail: "Apollo does not accept the API key",
        retry: .never)
    }
  }

  private func answer(
    _ operation: String, _ method: VendorRequest.Method, _ path: [String], _ query: URLQuery
  ) async throws(VendorError) -> JSONValue {
    let request = VendorRequest(
      vendor: Self.vendor, operation: operation, method: method, url: URLQuery.url(baseURL, path, query: query),
      headers: [(name: "x-api-key", value: apiKey), (name: "Accept", value: "application/json")],
      body: method == .post ? Data() : nil, timeout: timeout)
    let response = try await send(request)
    let body = try calls.read(response, to: request)
    guard body["error"]?.nonNull == nil, body["error_message"]?.nonNull == nil else {
      throw ApolloRefusal.error(response, operation, now())
    }
    return body
  }

  private func send(_ request: VendorRequest) async throws(VendorError) -> VendorResponse {
    let response = try await calls.send(request)
    guard (200..<300).contains(response.status) else {
      let failure = ApolloRefusal.error(response, request.operation, now())
      await calls.respect(failure)
      throw failure
    }
    return response
  }
}
