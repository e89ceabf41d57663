/// Sends one request and gives its answer. Redirects are not followed, nothing is repeated: whoever calls decides.
///
/// Cancelling the calling task stops the transfer. A status of 400 or more is an answer, not an error.
public protocol HTTPTransport: Sendable {
  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse
}

/// Why no answer came.
public struct TransportError: Error, Sendable, Equatable {
  public enum Cause: String, Sendable {
    case invalidRequest
    case cancelled
    case couldNotResolve
    case couldNotConnect
    case tlsFailed
    case timedOut
    /// The connection ended before the answer was whole.
    case interrupted
    /// The decoded answer is larger than 8 MiB.
    case answerTooLarge
    case shutDown
    /// The service has not answered for some time, so nothing was sent (`CircuitBreaker`).
    case resting
  }

  public var cause: Cause
  /// Whether the service may have received the request and acted on it. False only when that is certain.
  public var mayHaveReachedService: Bool
  /// For a person, without address, header or body.
  public var detail: String
  /// When to try again, where that is known.
  public var retryAfter: Duration?

  public init(cause: Cause, mayHaveReachedService: Bool, detail: String, retryAfter: Duration? = nil) {
    self.cause = cause
    self.mayHaveReachedService = mayHaveReachedService
    self.detail = detail
    self.retryAfter = retryAfter
  }
}

extension TransportError {
  /// The request's `mayAct` said no before anything was sent.
  public static let lostPermission = TransportError(
    cause: .cancelled, mayHaveReachedService: false, detail: "the work's lease ran out before it was sent")
}
