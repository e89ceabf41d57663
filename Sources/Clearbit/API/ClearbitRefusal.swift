import Foundation
import RevOps
import VendorAPI

/// Clearbit's answers that hold no facts.
enum ClearbitRefusal {
  static func error(_ response: VendorResponse, _ operation: String, _ now: Date) -> VendorError {
    VendorError(
      vendor: ClearbitClient.vendor, operation: operation, status: response.status, code: code(response),
      detail: detail(response.status), retry: retry(response, now))
  }

  private static func retry(_ response: VendorResponse, _ now: Date) -> VendorError.Retry {
    let asked = RetryAfter.wait(in: response, now: now)
    return switch response.status {
    case 202: .later(asked ?? .seconds(5))  // Queued; most look-ups are ready within seconds.
    case 200..<300, 408: .now
    case 429: .later(asked ?? .seconds(60))  // The limit is 600 a minute.
    case 500...: asked.map { .later($0) } ?? .now
    default: .never
    }
  }

  /// `{"error": {"type": "over_quota"}}`: small letters and underscores, nothing else is repeated.
  private static func code(_ response: VendorResponse) -> String? {
    // An answer that is no JSON has no code.
    let body = try? VendorJSON.decode(JSONValue.self, from: response.body)
    guard let code = body?["error"]?["type"]?.string, !code.isEmpty, code.utf8.count <= 60,
      code.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x5F })
    else { return nil }
    return code
  }

  private static func detail(_ status: Int) -> String {
    switch status {
    case 202: "Clearbit is still looking"
    case 401: "Clearbit does not accept the API key"
    case 402: "Clearbit's quota is used up"
    case 422: "Clearbit does not accept the address or domain"
    case 429: "Clearbit's limit is reached"
    default: "Clearbit answered with status \(status)"
    }
  }
}
