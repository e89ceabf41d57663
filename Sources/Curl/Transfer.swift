import CCurl
import Foundation
import VendorAPI

/// One request on its way and what has come back of it. Lives on the transfer thread, from libcurl's point of view at
/// a fixed address: its callbacks get a pointer to this object, so it must outlive its handle's use.
final class Transfer {
  let order: Order
  let easy: EasyHandle
  private var answer: IncomingAnswer
  private var attempts = 0
  private var ourReason: Failure.Reason?
  private var headerList: UnsafeMutablePointer<curl_slist>?

  init(_ order: Order, on easy: EasyHandle, limits: AnswerLimits) {
    self.order = order
    self.easy = easy
    answer = IncomingAnswer(limits: limits)
  }

  deinit { curl_slist_free_all(headerList) }

  /// What the caller gets for libcurl's result.
  func outcome(_ code: CURLcode) -> Result<VendorResponse, TransportError> {
    if code == CURLE_OK { return .success(answer.response(status: easy.status)) }
    return .failure(Failure(code: code, bytesSent: easy.bytesSent, ourReason: ourReason).error)
  }

  /// What the caller gets when we end the transfer.
  func stopped(_ cause: TransportError.Cause, _ detail: String) -> TransportError {
    TransportError(cause: cause, mayHaveReachedService: easy.bytesSent > 0, detail: detail)
  }

  fileprivate func take(headerLine: UnsafeRawBufferPointer) -> Bool {
    note(answer.take(headerLine: headerLine))
  }

  fileprivate func take(bytes: UnsafeRawBufferPointer) -> Bool {
    note(answer.take(bytes: bytes, received: easy.bytesReceived))
  }

  /// libcurl sends a request again by itself, a POST too, when a connection that had been used before closes without
  /// an answer. The service may have acted by then, so the second time is refused once a byte had been sent.
  ///
  /// This is the last moment before bytes go out: the connection is there, and what it took to get it is over.
  fileprivate func maySend() -> Bool {
    attempts += 1
    if attempts > 1, easy.bytesSent > 0 { return note(.wouldRepeat) }
    return note(order.request.mayAct() ? nil : .notPermitted)
  }

  private func note(_ reason: Failure.Reason?) -> Bool {
    ourReason = reason ?? ourReason
    return reason == nil
  }

  /// Everything libcurl has to know about this request.
  func prepare(_ configuration: CurlConfiguration, remaining: Duration) throws(EasyHandle.OptionRefused) {
    try easy.set(CURLOPT_URL, order.request.url)
    try prepareSafety(configuration)
    try prepareTimes(configuration, remaining: remaining)
    try prepareConnection(configuration)
    try prepareRequest()
    try prepareCallbacks()
  }

  private func prepareSafety(_ configuration: CurlConfiguration) throws(EasyHandle.OptionRefused) {
    try easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
    try easy.set(CURLOPT_FOLLOWLOCATION, 0)
    try easy.set(CURLOPT_SSL_VERIFYPEER, 1)
    try easy.set(CURLOPT_SSL_VERIFYHOST, 2)
    if let file = configuration.certificateAuthorities { try easy.set(CURLOPT_CAINFO, file) }
    try easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: configuration.limits.body)
    // A path is sent as it was written: an encoded id must not turn into "one folder up".
    try easy.set(CURLOPT_PATH_AS_IS, 1)
    try easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    if order.request.lane.origin.isLoopback { try easy.set(CURLOPT_NOPROXY, "*") }
  }

  private func prepareTimes(
    _ configuration: CurlConfiguration, remaining: Duration
  ) throws(EasyHandle.OptionRefused) {
    // Zero would mean libcurl's default, so at least 1.
    try easy.set(CURLOPT_TIMEOUT_MS, max(1, remaining.wholeMilliseconds))
    try easy.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, configuration.connectTimeout.wholeMilliseconds))
    try easy.set(CURLOPT_LOW_SPEED_LIMIT, 16)
    try easy.set(CURLOPT_LOW_SPEED_TIME, configuration.stallTimeout.wholeMilliseconds / 1000)
  }

  private func prepareConnection(_ configuration: CurlConfiguration) throws(EasyHandle.OptionRefused) {
    // Signals are for the process: libcurl must not use them from this thread.
    try easy.set(CURLOPT_NOSIGNAL, 1)
    try easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    try easy.set(CURLOPT_TCP_KEEPALIVE, 1)
    try easy.set(CURLOPT_MAXAGE_CONN, configuration.idleConnectionAge.wholeMilliseconds / 1000)
    // A transfer given up while its name is looked up must not wait for the look-up: every other one would wait too.
    try easy.set(CURLOPT_QUICK_EXIT, 1)
    // Empty means: every encoding libcurl can unpack.
    try easy.set(CURLOPT_ACCEPT_ENCODING, "")
  }

  private func prepareRequest() throws(EasyHandle.OptionRefused) {
    for line in order.request.headerLines {
      guard let longer = curl_slist_append(headerList, line) else { throw .init(code: CURLE_OUT_OF_MEMORY) }
      headerList = longer
    }
    try easy.set(CURLOPT_HTTPHEADER, list: headerList)
    if let body = order.request.body { try easy.setBody(body) }
    try easy.set(CURLOPT_CUSTOMREQUEST, order.request.method.rawValue)
  }

  private func prepareCallbacks() throws(EasyHandle.OptionRefused) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    try easy.set(CURLOPT_HEADERFUNCTION, callback: takeHeaderLine)
    try easy.set(CURLOPT_HEADERDATA, context: context)
    try easy.set(CURLOPT_WRITEFUNCTION, callback: takeBytes)
    try easy.set(CURLOPT_WRITEDATA, context: context)
    try easy.setBeforeRequest(callback: mayStartRequest)
    try easy.set(CURLOPT_PREREQDATA, context: context)
  }
}

// libcurl's callbacks. Taking fewer bytes than offered, or answering 1, ends the transfer.

private let takeHeaderLine: ccurl_data_callback = { data, size, count, context in
  guard let context else { return 0 }
  let line = UnsafeRawBufferPointer(start: data, count: size * count)
  return transfer(context).take(headerLine: line) ? line.count : 0
}

private let takeBytes: ccurl_data_callback = { data, size, count, context in
  guard let context else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
  return transfer(context).take(bytes: bytes) ? bytes.count : 0
}

private let mayStartRequest: ccurl_request_callback = { context, _, _, _, _ in
  guard let context else { return 1 }
  return transfer(context).maySend() ? 0 : 1
}

/// The transfer whose callback this is: alive, since its handle is taken off libcurl before it is let go.
private func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
  Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

extension Duration {
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    // A thousand years: long enough for anybody, short enough not to overflow.
    let bounded = min(max(seconds, 0), 31_536_000_000)
    return Int(bounded) * 1000 + Int(max(attoseconds, 0) / 1_000_000_000_000_000)
  }
}
