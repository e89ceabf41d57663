/// A call to a service that did not give what was asked, with the one answer that a worker needs: again, later, never?
public struct VendorError: Error, Sendable, Equatable {
  public enum Retry: Sendable, Equatable {
    /// A passing fault: try again with backoff.
    case now
    /// The service asked to wait, or is known to be unavailable for so long.
    case later(Duration)
    /// The same request will be refused again: a person has to act, or the work has to change.
    case never
  }

  public var vendor: String
  public var operation: String
  /// HTTP status, nil when no answer came.
  public var status: Int?
  /// The service's own word for it ("channel_not_found", "VALIDATION_ERROR").
  public var code: String?
  /// The id under which the service knows the request, for its support.
  public var requestID: String?
  /// For a person; holds no secret and no personal data.
  public var detail: String
  public var retry: Retry
  /// True when the service may have done what was asked: look before repeating what it cannot deduplicate.
  public var outcomeUnknown: Bool

  public init(
    vendor: String, operation: String, status: Int? = nil, code: String? = nil, requestID: String? = nil,
    detail: String, retry: Retry, outcomeUnknown: Bool = false
  ) {
    self.vendor = vendor
    self.operation = operation
    self.status = status
    self.code = code
    self.requestID = requestID
    self.detail = detail
    self.retry = retry
    self.outcomeUnknown = outcomeUnknown
  }

  /// A call that ended without an answer.
  public init(_ error: TransportError, vendor: String, operation: String) {
    let again: Retry = error.cause == .invalidRequest ? .never : error.retryAfter.map { .later($0) } ?? .now
    self.init(
      vendor: vendor, operation: operation, detail: error.detail, retry: again,
      outcomeUnknown: error.mayHaveReachedService)
  }
}
