import Foundation
import Testing
import VendorAPI

@testable import Curl

func call(
  _ url: String, _ method: VendorRequest.Method = .get, headers: [(name: String, value: String)] = [],
  body: String? = nil, timeout: Duration = .seconds(20)
) -> VendorRequest {
  VendorRequest(
    vendor: "test", operation: "call", method: method, url: url, headers: headers, body: body.map { Data($0.utf8) },
    timeout: timeout)
}

extension CurlClient {
  convenience init(connectionsPerHost: Int) {
    var configuration = CurlConfiguration()
    configuration.connectionsPerHost = connectionsPerHost
    self.init(configuration)
  }

  /// The error of a call that must fail.
  func failure(_ request: VendorRequest, sourceLocation: SourceLocation = #_sourceLocation) async -> TransportError? {
    do throws(TransportError) {
      let response = try await send(request)
      Issue.record("answered \(response.status)", sourceLocation: sourceLocation)
      return nil
    } catch {
      return error
    }
  }
}

/// Waits for something that happens on another thread; gives up, and fails the test, after 20 seconds.
func eventually(
  _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () -> Bool
) async throws {
  let deadline = ContinuousClock.now + .seconds(20)
  while !condition() {
    guard ContinuousClock.now < deadline else {
      Issue.record(what, sourceLocation: sourceLocation)
      throw CancellationError()
    }
    try await Task.sleep(for: .milliseconds(2))
  }
}
