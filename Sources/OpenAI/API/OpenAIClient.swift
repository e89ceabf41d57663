import Foundation
import RevOps
import VendorAPI

/// Calls to OpenAI, or to any server that speaks its API, with one key and within its limit. Nothing is
/// repeated here, and nobody is held back: who asks has little time, and goes on without.
public struct OpenAIClient: Sendable {
  static let vendor = "openai"
  /// The limiter's bucket, named as the playbook's rate is.
  public static let bucket: RateLimiter.Bucket = "openai"

  private let transport: any HTTPTransport
  private let baseURL: String
  private let apiKey: String
  private let limiter: RateLimiter
  private let now: @Sendable () -> Date

  public init(
    transport: any HTTPTransport, baseURL: String, apiKey: String, limiter: RateLimiter,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.transport = transport
    self.baseURL = baseURL
    self.apiKey = apiKey
    self.limiter = limiter
    self.now = now
  }

  /// What a person is called towards the service: a hash that nobody can look up without our key.
  func identifier(of subject: String) -> String { KeyedHash.hex(subject, key: apiKey) }

  func post(
    _ operation: String, _ path: [String], _ body: JSONObject, timeout: Duration
  ) async throws(OpenAIRefusal) -> JSONValue {
    try await call(operation, .post, path, body: Data(JSONValue.object(body).jsonText.utf8), timeout: timeout)
  }

  func get(_ operation: String, _ path: [String], timeout: Duration) async throws(OpenAIRefusal) -> JSONValue {
    try await call(operation, .get, path, body: nil, timeout: timeout)
  }

  private func call(
    _ operation: String, _ method: VendorRequest.Method, _ path: [String], body: Data?, timeout: Duration
  ) async throws(OpenAIRefusal) -> JSONValue {
    var headers = [(name: "Authorization", value: "Bearer " + apiKey), (name: "Accept", value: "application/json")]
    if body != nil { headers.append((name: "Content-Type", value: "application/json")) }
    let request = VendorRequest(
      vendor: Self.vendor, operation: operation, method: method, url: URLQuery.url(baseURL, path), headers: headers,
      body: body, timeout: timeout)
    let response = try await send(request)
    guard response.status == 200 else { throw OpenAIRefusal(response, operation, now()) }
    do throws(VendorError) {
      return try VendorJSON.decode(JSONValue.self, from: response, to: request)
    } catch {
      throw OpenAIRefusal(error: Self.harmless(error))
    }
  }

  private func send(_ request: VendorRequest) async throws(OpenAIRefusal) -> VendorResponse {
    do { try await limiter.acquire(Self.bucket) } catch {
      throw OpenAIRefusal(
        error: VendorError(vendor: Self.vendor, operation: request.operation, detail: "cancelled", retry: .now))
    }
    do { return try await transport.send(request) } catch {
      throw OpenAIRefusal(
        error: Self.harmless(VendorError(error, vendor: Self.vendor, operation: request.operation)))
    }
  }

  /// A question that was asked twice costs twice and changes nothing.
  private static func harmless(_ error: VendorError) -> VendorError {
    var error = error
    error.outcomeUnknown = false
    return error
  }
}
