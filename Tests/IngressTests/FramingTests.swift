import Foundation
import Ingress
import RevOps
import Testing

@Suite("Hostile framing")
struct FramingTests {
  static let body = #"{"email":"a@b.example"}"#
  static let head =
    "POST /webhooks/lead HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(Server.token)\r\n"
    + "Content-Type: application/json\r\n"
  static let smuggled = head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body

  @Test(
    "A request whose length is ambiguous gets one 400, and what follows it is not read as another",
    arguments: [
      head + "Content-Length: \(body.utf8.count)\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
      head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + smuggled,
      head + "Content-Length: 5, 6\r\n\r\n" + smuggled, head + "Content-Length: -1\r\n\r\n" + smuggled,
      head + "Content-Length: +23\r\n\r\n" + smuggled, head + "Content-Length: 0x17\r\n\r\n" + smuggled,
      head + "Transfer-Encoding: xchunked\r\n\r\n" + smuggled,
      head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + smuggled,
      head + "Content-Length : 5\r\n\r\n" + smuggled, head + " folded: 1\r\n\r\n" + smuggled,
      "GET /health HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n" + smuggled, "nonsense\r\n\r\n" + smuggled,
    ])
  func ambiguous(_ bytes: String) async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let text = await RawSocket.exchange(bytes, port: server.port, halfClose: false)
      #expect(RawSocket.answers(text) <= 1)
      #expect(text.hasPrefix("HTTP/1.1 4"))
    }
    #expect(inbox.deliveries.isEmpty)
  }

  @Test(
    "Part of a body is no body",
    arguments: [
      "Content-Length: 100\r\n\r\nemail=a@b.example", "Transfer-Encoding: chunked\r\n\r\n11\r\nemail=a@b.example\r\n",
    ])
  func cutShort(_ rest: String) async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let head = Self.head.replacing("application/json", with: "application/x-www-form-urlencoded")
      let text = await RawSocket.exchange(head + rest, port: server.port, halfClose: true)
      #expect(!text.contains("HTTP/1.1 2"))
    }
    #expect(inbox.deliveries.isEmpty)
  }

  @Test("Two requests on one connection get two answers, in order")
  func pipelined() async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let text = await RawSocket.exchange(
        Self.smuggled + "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", port: server.port,
        halfClose: false)
      #expect(RawSocket.answers(text) == 2)
      #expect(text.hasPrefix("HTTP/1.1 202"))
    }
    #expect(inbox.deliveries.count == 1)
  }

  @Test("A chunked body without end is cut off at the limit")
  func endless() async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
      let bytes = Self.head + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 6)
      let text = await RawSocket.exchange(bytes, port: server.port, halfClose: false, until: 1)
      #expect(text.hasPrefix("HTTP/1.1 413"))
    }
    #expect(inbox.deliveries.isEmpty)
  }

  @Test(
    "Heads that are too large are refused",
    arguments: [
      (
        "GET /health?" + String(repeating: "q", count: 9_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "414"
      ),
      (
        "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + (0..<101).map { "h\($0): 1\r\n" }.joined()
          + "\r\n", "431"
      ),
      (
        "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nh: " + String(repeating: "v", count: 40_000)
          + "\r\n\r\n", "431"
      ),
      (
        "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nh: " + String(repeating: "v", count: 200_000)
          + "\r\n\r\n", "4"
      ),
    ])
  func largeHead(_ bytes: String, _ status: String) async throws {
    try await Server.run { server async throws in
      let text = await RawSocket.exchange(bytes, port: server.port, halfClose: false)
      #expect(text.hasPrefix("HTTP/1.1 " + status))
    }
  }

  @Test("A head that trickles in is cut off")
  func slowHead() async throws {
    var limits = IngressLimits()
    limits.headTimeout = .milliseconds(100)
    try await Server.run(limits: limits) { server async throws in
      let text = await RawSocket.exchange(
        "GET /health HTTP/1.1\r\nHost:", port: server.port, halfClose: false)
      #expect(text.isEmpty)
    }
  }

  @Test("A body that does not come ends the connection, without a success")
  func slowBody() async throws {
    var limits = IngressLimits()
    limits.bodyTimeout = .milliseconds(100)
    try await Server.run(limits: limits) { server async throws in
      let bytes = Self.head + "Content-Length: 50\r\n\r\n{"
      let text = await RawSocket.exchange(bytes, port: server.port, halfClose: false)
      #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 408"))
    }
  }

  @Test(
    "Unknown paths and wrong methods are problems, and 405 says what is allowed",
    arguments: [
      ("GET /", "404"), ("GET /webhooks/lead/", "404"), ("GET //health", "404"), ("GET /health/../metrics", "404"),
      ("GET /webhooks/lead", "405"), ("DELETE /health", "405"), ("TRACE /health", "405"), ("OPTIONS /ready", "405"),
      ("BREW /health", "4"), ("CONNECT x:1", "4"),
    ])
  func methods(_ line: String, _ status: String) async throws {
    try await Server.run { server async throws in
      let text = await RawSocket.exchange(
        line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", port: server.port, halfClose: false)
      #expect(text.hasPrefix("HTTP/1.1 " + status))
      if status == "405" {
        #expect(text.lowercased().contains("\nallow: "))
        #expect(text.contains("application/problem+json"))
      }
    }
  }
}
