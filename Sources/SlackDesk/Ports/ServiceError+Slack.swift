import RevOps
import VendorAPI

extension ServiceError {
  /// Slack's refusal in the words of the ports: the one place that translates it.
  init(_ error: VendorError) {
    let retry: Retry =
      switch error.retry {
      case .now: .now
      case .later(let wait): .later(wait)
      case .never: .never
      }
    self.init(
      service: "slack", code: error.code, detail: error.detail, retry: retry, outcomeUnknown: error.outcomeUnknown)
  }

  /// A refusal that Baton knows without asking, under the word that Slack would use.
  static func slack(_ code: String, _ detail: String) -> ServiceError {
    ServiceError(service: "slack", code: code, detail: detail, retry: .never)
  }
}

/// Makes a call to Slack with its failure translated.
func asking<Value: Sendable>(
  _ call: () async throws(VendorError) -> Value
) async throws(ServiceError) -> Value {
  do { return try await call() } catch { throw ServiceError(error) }
}
