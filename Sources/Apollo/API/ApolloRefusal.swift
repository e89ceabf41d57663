import Foundation
import RevOps
import VendorAPI

/// Apollo's error answers: plain text for a bad key, two shapes of JSON for the rest.
enum ApolloRefusal {
  static func error(_ response: VendorResponse, _ operation: String, _ now: Date) -> VendorError {
    VendorError(
      vendor: ApolloClient.vendor, operation: operation, status: response.status, code: code(response),
      detail: detail(response.status), retry: retry(response, now))
  }

  /// Windows are whole minutes, hours and days; without `Retry-After` the next minute is the first that may be better.
  private static func retry(_ response: VendorResponse, _ now: Date) -> VendorError.Retry {
    let asked = RetryAfter.wait(in: response, now: now)
    return switch response.status {
    case 408: .now
    case 429: .later(asked ?? .seconds(60))
    case 500...: asked.map { .later($0) } ?? .now
    default: .never
    }
  }

  /// `API_INACCESSIBLE`: capitals, digits and underscores, nothing else is repeated.
  private static func code(_ response: VendorResponse) -> String? {
    // The text of a 401 is no JSON, and has no code.
    let body = try? VendorJSON.decode(JSONValue.self, from: response.body)
    guard let code = body?["error_code"]?.string, code.utf8.count <= 60, !code.isEmpty,
      code.utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    else { return nil }
    return code
  }

  private static func detail(_ status: Int) -> String {
    switch status {
    case 200..<300: "Apollo answered with an error"
    case 401: "Apollo does not accept the API key"
    case 403: "the plan or the API key does not allow this call"
    case 422: "Apollo does not accept the question"
    case 429: "Apollo's limit is reached"
    default: "Apollo answered with status \(status)"
    }
  }
}
