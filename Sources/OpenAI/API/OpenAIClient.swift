import Foundation
import RevOps
import VendorAPI
import VendorPorts

/// Calls to OpenAI, or to any server that speaks its API, with one key and within its limit. Nothing is
/// repeated here, and nobody is held back: who asks has little time, and goes on without.
public struct OpenAIClient: Sendable {
  static let vendor = "openai"

  private let calls: LimitedCalls
  private let baseURL: String
  private let apiKey: String
  private let now: @Sendable () -> Date

  public init(
    transport: any HTTPTransport, baseURL: String, apiKey: String, limiter: RateLimiter,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    // The bucket is named as the playbook's rate is.
    calls = LimitedCalls(transport: transport, limiter: limiter, bucket: "openai")
    self.baseURL = baseURL
    self.apiKey = apiKey
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
    let response: VendorResponse
    do throws(VendorError) { response = try await calls.send(request) } catch { throw OpenAIRefusal(error: error) }
    guard response.status == 200 else { throw OpenAIRefusal(response, operation, now()) }
    let body: JSONValue
    do throws(VendorError) { body = try calls.read(response, to: request) } catch { throw OpenAIRefusal(error: error) }
    // Some servers say 200 and mean the error in the body.
    if let error = body["error"], !error.isNull, body["choices"] == nil, body["data"] == nil {
      throw OpenAIRefusal(Self.meant(response, error), operation, now())
    }
    return body
  }

  /// With the status that the body names; without one it is the server's own fault.
  private static func meant(_ response: VendorResponse, _ error: JSONValue) -> VendorResponse {
    let named = error["code"]?.int ?? error["status"]?.int
    var meant = response
    meant.status = named.flatMap { (400..<600).contains($0) ? $0 : nil } ?? 502
    return meant
  }
}
