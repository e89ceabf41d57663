import Foundation
import VendorAPI

/// HubSpot's statuses as one answer: again, later, never? (HubSpot's guides on error handling and usage; the waits are
/// those of its own client libraries.)
extension HubSpotFailure {
  init(refused response: VendorResponse, to call: HubSpotCall, now: Date) {
    let refusal = Refusal(response)
    let status = response.status
    self.init(
      VendorError(
        vendor: HubSpotClient.vendor, operation: call.operation, status: status, code: refusal.code,
        requestID: refusal.correlationID ?? response.header("X-HubSpot-Correlation-Id"),
        detail: Self.detail(status, refusal), retry: Self.retry(response, refusal, now),
        outcomeUnknown: call.isWrite && status >= 500),
      refusal: refusal)
  }

  /// One item of a batch that HubSpot did not carry out, beside others that it did.
  init(fault refusal: Refusal, _ operation: String) {
    let status: Int? =
      switch refusal.code {
      case "CONFLICT", "OBJECT_ALREADY_EXISTS": 409
      case "OBJECT_NOT_FOUND": 404
      case "VALIDATION_ERROR", "INVALID_EMAIL": 400
      default: nil
      }
    self.init(
      VendorError(
        vendor: HubSpotClient.vendor, operation: operation, status: status, code: refusal.code,
        requestID: refusal.correlationID,
        detail: status.map { Self.detail($0, refusal) } ?? "HubSpot did not carry it out",
        retry: status == nil ? .now : .never),
      refusal: refusal)
  }

  /// A batch was answered well, and this item of it is neither among the results nor among the errors.
  static func passedOver(_ operation: String) -> HubSpotFailure {
    HubSpotFailure(
      VendorError(
        vendor: HubSpotClient.vendor, operation: operation, detail: "HubSpot's answer says nothing of it", retry: .now,
        outcomeUnknown: true))
  }

  private static func retry(_ response: VendorResponse, _ refusal: Refusal, _ now: Date) -> VendorError.Retry {
    let asked = RetryAfter.wait(in: response, now: now)
    return switch response.status {
    case 408: .now
    case 423: .later(.seconds(2))  // Records are locked for two seconds.
    case 429: .later(asked ?? wait(for: refusal.policy, now: now))
    case 477: .later(asked ?? .seconds(60))  // The account is being moved; HubSpot says for how long.
    case 500...: asked.map { .later($0) } ?? .now
    default: .never
    }
  }

  /// `Retry-After` is not promised with 429; the policy's name tells how long the window is.
  private static func wait(for policy: String?, now: Date) -> Duration {
    switch policy {
    case "SECONDLY": .seconds(1)
    case "DAILY": untilMidnight(now)
    default: .seconds(10)
    }
  }

  /// The daily count starts anew at midnight in the account's time zone, which is not known here: asking once an hour
  /// finds it without spending calls.
  private static func untilMidnight(_ now: Date) -> Duration {
    let left = 86_400 - now.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400)
    return .seconds(max(1, min(left, 3_600)))
  }

  private static func detail(_ status: Int, _ refusal: Refusal) -> String {
    let named = refusal.properties.sorted().prefix(5).joined(separator: ", ")
    return reason(status, refusal) + (named.isEmpty ? "" : " (\(named))")
  }

  private static func reason(_ status: Int, _ refusal: Refusal) -> String {
    switch status {
    case 400: "HubSpot does not accept the values"
    case 401: "HubSpot does not accept the access token"
    case 403: "the access token lacks a scope"
    case 404: "the record does not exist"
    case 409: "the record already exists"
    case 423: "the record is locked"
    case 429: "HubSpot's limit is reached" + (refusal.policy.map { ": \($0)" } ?? "")
    case 477: "HubSpot is moving the account"
    default: "HubSpot answered with status \(status)"
    }
  }
}
