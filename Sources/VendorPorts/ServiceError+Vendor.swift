import RevOps
import VendorAPI

extension ServiceError {
  /// The port's error: the same answer to "again, later, never?", in the port's words.
  public init(_ error: VendorError) {
    let retry: Retry =
      switch error.retry {
      case .now: .now
      case .later(let wait): .later(wait)
      case .never: .never
      }
    self.init(
      service: error.vendor, code: error.code ?? error.status.map(String.init),
      detail: "\(error.operation): \(error.detail)", retry: retry, outcomeUnknown: error.outcomeUnknown)
  }
}
