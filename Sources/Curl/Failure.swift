import CCurl
import VendorAPI

/// How a transfer ended without an answer, and what that says about the service.
struct Failure: Equatable {
  var code: CURLcode
  /// Bytes of the request that went out; 0 when the connection was not ready, or broke before.
  var bytesSent: Int
  /// What made us stop the transfer ourselves, if we did.
  var ourReason: Reason?

  enum Reason: Equatable {
    case bodyTooLarge
    case ratioTooHigh
    case headersTooLarge
    /// libcurl was about to send the request a second time.
    case wouldRepeat
    /// Whoever wants it may not act any more.
    case notPermitted
  }

  /// The details are fixed sentences: libcurl's own messages name the host.
  var error: TransportError {
    switch ourReason {
    case .bodyTooLarge: answerTooLarge("the answer is larger than allowed")
    case .ratioTooHigh: answerTooLarge("the answer unpacks to far more than was sent")
    case .headersTooLarge: answerTooLarge("the answer's headers are larger than allowed")
    case .wouldRepeat: error(.interrupted, "the connection was closed before an answer came")
    case .notPermitted: error(.cancelled, TransportError.lostPermission.detail)
    case nil: errorOfCode
    }
  }

  private var errorOfCode: TransportError {
    let known = Self.cause(of: code)
    // "Unsupported protocol" is also libcurl's word for an answer that is not HTTP: then the request was fine.
    let cause = known == .invalidRequest && bytesSent > 0 ? .interrupted : known
    if cause == .timedOut, bytesSent == 0 { return error(cause, "no connection within the time allowed") }
    return error(cause, String(cString: curl_easy_strerror(code)))
  }

  private func answerTooLarge(_ detail: String) -> TransportError { error(.answerTooLarge, detail) }

  /// A service can only act on what it received: no byte sent, nothing done.
  private func error(_ cause: TransportError.Cause, _ detail: String) -> TransportError {
    TransportError(cause: cause, mayHaveReachedService: bytesSent > 0, detail: detail)
  }

  static func cause(of code: CURLcode) -> TransportError.Cause {
    switch code {
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: .invalidRequest
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .couldNotResolve
    case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED, CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT:
      .couldNotConnect
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_FILESIZE_EXCEEDED: .answerTooLarge
    default: isTLS(code) ? .tlsFailed : .interrupted
    }
  }

  private static func isTLS(_ code: CURLcode) -> Bool {
    switch code {
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
      true
    default: false
    }
  }
}
