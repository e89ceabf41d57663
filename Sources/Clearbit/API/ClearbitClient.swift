import Foundation
import RevOps
import VendorAPI
import VendorPorts

/// Calls to Clearbit with one API key, within its limit. Nothing is repeated here.
public struct ClearbitClient: Sendable {
  static let vendor = "clearbit"
  /// The limiter's bucket, named as the playbook's rate is.
  public static let bucket: RateLimiter.Bucket = "clearbit"

  private let calls: LimitedCalls
  private let personURL: String
  private let companyURL: String
  private let authorization: String
  private let timeout: Duration
  private let now: @Sendable () -> Date

  /// - Parameters:
  ///   - baseURL: all paths are below it; nil: Clearbit's own hosts, one for people and one for companies.
  ///   - timeout: of one call, waiting for the limiter not included.
  public init(
    transport: any HTTPTransport, baseURL: String?, apiKey: String, limiter: RateLimiter,
    timeout: Duration = .seconds(8), now: @escaping @Sendable () -> Date = { Date() }
  ) {
    calls = LimitedCalls(transport: transport, limiter: limiter, bucket: Self.bucket)
    personURL = baseURL ?? "https://person.clearbit.com"
    companyURL = baseURL ?? "https://company.clearbit.com"
    // The key is the user name; the password is empty.
    authorization = "Basic " + Data((apiKey + ":").utf8).base64EncodedString()
    self.timeout = timeout
    self.now = now
  }

  /// Person and company of an address, either of which may be null; nil: Clearbit knows neither.
  func combined(email: String) async throws(VendorError) -> JSONValue? {
    try await find(
      "combined.find",
      URLQuery.url(
        personURL, ["v2", "combined", "find"], query: URLQuery([(name: "email", value: email)])))
  }

  func company(domain: String) async throws(VendorError) -> JSONValue? {
    try await find(
      "companies.find",
      URLQuery.url(
        companyURL, ["v2", "companies", "find"], query: URLQuery([(name: "domain", value: domain)])))
  }

  private func find(_ operation: String, _ url: String) async throws(VendorError) -> JSONValue? {
    let request = VendorRequest(
      vendor: Self.vendor, operation: operation, method: .get, url: url,
      headers: [(name: "Authorization", value: authorization), (name: "Accept", value: "application/json")],
      timeout: timeout)
    let response = try await calls.send(request)
    switch response.status {
    case 404: return nil
    // Queued: the answer is being put together and may be asked for again.
    case 200 where !response.body.isEmpty:
      return try calls.read(response, to: request).nonNull
    default: throw await refused(response, operation)
    }
  }

  private func refused(_ response: VendorResponse, _ operation: String) async -> VendorError {
    let failure = ClearbitRefusal.error(response, operation, now())
    await calls.respect(failure)
    return failure
  }
}
