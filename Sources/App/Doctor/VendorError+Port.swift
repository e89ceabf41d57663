import RevOps
import VendorAPI

extension VendorError {
  /// A port's error in the words of a call, so that all are told in one way.
  init(_ error: ServiceError) {
    let retry: Retry =
      switch error.retry {
      case .now: .now
      case .later(let wait): .later(wait)
      case .never: .never
      }
    let status = error.code.flatMap(Int.init)
    self.init(
      vendor: error.service, operation: "", status: status, code: status == nil ? error.code : nil,
      detail: error.detail, retry: retry)
  }

  /// What `body` gives, or its error in the words of a call.
  static func translating<Value>(
    _ body: () async throws(ServiceError) -> Value
  ) async throws(VendorError) -> Value {
    do { return try await body() } catch { throw VendorError(error) }
  }
}
