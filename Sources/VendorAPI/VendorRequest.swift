import Foundation

/// One call to an outside service, complete enough to send: nothing is added on the way but transport headers.
public struct VendorRequest: Sendable {
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  /// Which service this goes to, in lower case ("slack", "hubspot"): limiter, metrics and errors are told apart by it.
  public var vendor: String
  /// What is asked, from a fixed set of names ("chat.postMessage", "contacts.create"); safe as a metric label.
  public var operation: String
  public var method: Method
  /// An absolute http or https address. Its query may hold personal data, so it is never logged.
  public var url: String
  public var headers: [(name: String, value: String)]
  public var body: Data?
  /// From the call to the last byte received: waiting for a free connection and connecting count too.
  public var timeout: Duration
  /// Asked by the transport right before the first byte goes out, since a request may have waited in line, and the whole
  /// process may have stood still. False: whoever wanted it has lost the right to, and it must not be sent.
  public var mayAct: @Sendable () -> Bool = { true }

  public init(
    vendor: String, operation: String, method: Method, url: String,
    headers: [(name: String, value: String)] = [], body: Data? = nil, timeout: Duration = .seconds(10)
  ) {
    self.vendor = vendor
    self.operation = operation
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }
}

/// What a service answered, whatever its status.
public struct VendorResponse: Sendable {
  public var status: Int
  /// In the order received; names as received.
  public var headers: [(name: String, value: String)]
  /// Decoded (gzip, deflate, brotli), at most 8 MiB.
  public var body: Data

  public init(status: Int, headers: [(name: String, value: String)] = [], body: Data = Data()) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, compared without case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.caseInsensitiveCompare(name) == .orderedSame }?.value
  }
}
