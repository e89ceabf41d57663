import Foundation
import RevOps
import VendorAPI

/// A call without an answer, with what the service said is wrong with the request.
struct OpenAIRefusal: Error, Sendable {
  var error: VendorError
  /// Parameter and message of a refused request, in lower case. May hold parts of it: never logged.
  private(set) var complaint = ""

  init(error: VendorError) { self.error = error }

  init(_ response: VendorResponse, _ operation: String, _ now: Date) {
    // An answer that is no JSON, as a proxy's, has no code.
    let body = try? VendorJSON.decode(JSONValue.self, from: response.body)
    let said = body?["error"]
    let code = Self.code(said)
    error = VendorError(
      vendor: OpenAIClient.vendor, operation: operation, status: response.status, code: code,
      requestID: response.header("x-request-id").map { String($0.prefix(80)) },
      detail: Self.detail(response.status, code), retry: Self.retry(response, code, now))
    guard [400, 404, 422].contains(response.status) else { return }
    let message =
      said?["message"]?.string ?? said?.string ?? body?["message"]?.string ?? Self.complaint(body?["detail"])
    complaint = ((said?["param"]?.string ?? "") + " " + String((message ?? "").prefix(2_000))).lowercased()
  }

  /// A list of what is wrong may hold the request itself, and with it the names of all fields: only the place and the
  /// message of each count.
  private static func complaint(_ detail: JSONValue?) -> String? {
    if let text = detail?.string { return text }
    return detail?.array?.map { fault in
      let place = (fault["loc"]?.array ?? []).compactMap(\.string).joined(separator: ".")
      return place + " " + (fault["msg"]?.string ?? "")
    }.joined(separator: "; ")
  }

  /// The answer to a question, as a failure of the model.
  var failure: LanguageModel.Failure {
    switch (error.status, error.code) {
    case (_, "insufficient_quota"), (402, _): .quota
    case (_, "model_not_found"), (404, _): .noSuchModel
    case (400, "content_filter"), (400, "content_policy_violation"): .filtered
    case (429, _), (408, _), (409, _): .unavailable
    case (.some(400..<500), _): .refused
    default: .unavailable
    }
  }

  /// Small letters, digits, underscores, nothing else is repeated.
  private static func code(_ said: JSONValue?) -> String? {
    guard let code = said?["code"]?.string ?? said?["type"]?.string, !code.isEmpty, code.utf8.count <= 60,
      code.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    else { return nil }
    return code
  }

  /// What is decided by the code: some servers word every refusal as a used up quota.
  private static func retry(_ response: VendorResponse, _ code: String?, _ now: Date) -> VendorError.Retry {
    if code == "insufficient_quota" || response.header("x-should-retry") == "false" { return .never }
    let asked = milliseconds(response) ?? RetryAfter.wait(in: response, now: now)
    return switch response.status {
    case 408, 409, 429, 500...: asked.map { .later($0) } ?? .now
    default: .never
    }
  }

  private static func milliseconds(_ response: VendorResponse) -> Duration? {
    guard let text = response.header("retry-after-ms"), text.utf8.count <= 7, let wait = Int(text), wait >= 0 else {
      return nil
    }
    return min(.milliseconds(wait), RetryAfter.bounds.upperBound)
  }

  private static func detail(_ status: Int, _ code: String?) -> String {
    switch (status, code) {
    case (_, "insufficient_quota"), (402, _): "the account's quota is used up"
    case (_, "model_not_found"): "the configured model does not exist, or the key may not use it"
    case (_, "context_length_exceeded"): "the question is too long for the model"
    case (401, _): "the API key is not accepted"
    case (403, _): "the API key does not allow this call"
    case (404, _): "no such address or model: check OPENAI_BASE_URL and OPENAI_MODEL"
    case (429, _): "the limit of calls is reached"
    default: "answered with status \(status)"
    }
  }
}
