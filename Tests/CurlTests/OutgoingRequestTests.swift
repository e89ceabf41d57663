import Foundation
import Testing
import VendorAPI

@testable import Curl

/// What is refused before anything is sent.
struct OutgoingRequestTests {
  @Test(arguments: [
    "", "api.example/x", "/x", "ftp://api.example/", "file:///etc/passwd", "http://", "http://a b/",
    "http://api.example/\r\nX: 1", "http://api.example/\u{0}", "http://user:pass@api.example/",
    "http://bücher.example/",
    "gopher://api.example/", "http://api.example:99999/",
  ])
  func `an address that is not plain http or https is refused`(_ url: String) {
    #expect(throws: TransportError.refused("the address is not an absolute http or https address")) {
      try OutgoingRequest(call(url))
    }
  }

  @Test(arguments: ["X\r\nY", "X Y", "X:", "", "X\u{0}", "Ü"])
  func `a header name that is no token is refused`(_ name: String) {
    #expect(throws: TransportError.refused("a header name is not a token")) {
      try OutgoingRequest(call("http://api.example/", headers: [(name, "1")]))
    }
  }

  @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u{0}", "a\u{7f}"])
  func `a header value that could begin another header is refused`(_ value: String) {
    #expect(throws: TransportError.refused("a header value holds a control character")) {
      try OutgoingRequest(call("http://api.example/", headers: [("X", value)]))
    }
  }

  @Test(arguments: ["Host", "content-length", "Transfer-Encoding", "Connection", "Expect"])
  func `headers of the transport are refused`(_ name: String) {
    #expect(throws: TransportError.refused("a header is set that belongs to the transport")) {
      try OutgoingRequest(call("http://api.example/", headers: [(name, "1")]))
    }
  }

  @Test func `a request without time is refused`() {
    #expect(throws: TransportError.self) { try OutgoingRequest(call("http://api.example/", timeout: .zero)) }
  }

  @Test func `a refusal comes from the client too, and is known not to have been sent`() async throws {
    let server = try LoopbackServer { $0.echo() }
    let error = await CurlClient().failure(call(server.url, headers: [("X", "1\r\nX-Evil: 1")]))
    #expect(error?.cause == .invalidRequest)
    #expect(error?.mayHaveReachedService == false)
    #expect(server.connections == 0)
  }

  @Test func `a time-out beyond all clocks is accepted`() async throws {
    let server = try LoopbackServer { $0.echo() }
    #expect(try await CurlClient().send(call(server.url, timeout: .seconds(Int64.max))).status == 200)
  }
}

struct OriginTests {
  @Test func `addresses of one origin are equal whatever case, path and port are written`() {
    let origin = Origin(url: "https://API.Example/a")
    #expect(origin != nil)
    #expect(origin == Origin(url: "https://api.example:443/b?c#d"))
    #expect(origin != Origin(url: "http://api.example/"))
    #expect(origin != Origin(url: "https://api.example:8443/"))
  }

  @Test(arguments: ["http://127.0.0.1:1/", "http://127.9.9.9/", "http://localhost/", "http://[::1]:1/"])
  func `loopback is known`(_ url: String) { #expect(Origin(url: url)?.isLoopback == true) }

  @Test(arguments: ["http://127.0.0.1.evil.example/", "http://10.0.0.1/", "http://localhost.example/"])
  func `what only looks like loopback is not`(_ url: String) { #expect(Origin(url: url)?.isLoopback == false) }
}
