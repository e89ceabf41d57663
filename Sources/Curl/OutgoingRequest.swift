import Foundation
import VendorAPI

/// A request that was found fit to send: nothing in it can change its framing or add a header.
struct OutgoingRequest: Sendable {
  let url: String
  let lane: Lane
  let method: VendorRequest.Method
  /// In the form libcurl takes: "Name: value".
  let headerLines: [String]
  let body: Data?
  let mayAct: @Sendable () -> Bool

  init(_ request: VendorRequest) throws(TransportError) {
    guard let origin = Origin(url: request.url) else {
      throw .refused("the address is not an absolute http or https address")
    }
    guard request.timeout > .zero else { throw .refused("the time-out is not positive") }
    lane = Lane(vendor: request.vendor, origin: origin)
    url = request.url
    method = request.method
    mayAct = request.mayAct
    headerLines = try Self.lines(for: request)
    body = request.body ?? (Self.needsBody(request.method) ? Data() : nil)
  }

  private static func needsBody(_ method: VendorRequest.Method) -> Bool {
    switch method {
    case .post, .put, .patch: true
    case .get, .delete: false
    }
  }

  private static func lines(for request: VendorRequest) throws(TransportError) -> [String] {
    // An empty "Expect" keeps libcurl from asking first, a round trip that costs a second with servers that ignore it.
    var lines = ["Expect:"]
    var namesContentType = false
    for (name, value) in request.headers {
      lines.append(try HeaderField.line(name: name, value: value))
      namesContentType = namesContentType || name.lowercased() == "content-type"
    }
    // Without one from the caller libcurl would call every body a form.
    if !namesContentType { lines.append("Content-Type:") }
    return lines
  }
}

extension TransportError {
  /// A request that must not be sent as it is.
  static func refused(_ detail: String) -> TransportError {
    TransportError(cause: .invalidRequest, mayHaveReachedService: false, detail: detail)
  }
}
