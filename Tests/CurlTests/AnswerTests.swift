import Foundation
import Testing
import VendorAPI

@testable import Curl

/// What comes back, and what a request looks like to the server.
@Suite(.timeLimit(.minutes(1)))
struct AnswerTests {
  let client = CurlClient()

  @Test func `status, headers in order and body arrive as sent`() async throws {
    let server = try LoopbackServer { connection in
      while connection.readRequest() != nil {
        connection.answer("404 Not Found", headers: ["X-B: 2", "X-A:  1 ", "X-B: 3"], body: Data("no".utf8))
      }
    }
    let response = try await client.send(call(server.url))
    #expect(response.status == 404)
    #expect(response.headers.map(\.name) == ["Content-Length", "X-B", "X-A", "X-B"])
    #expect(response.headers.map(\.value) == ["2", "2", "1", "3"])
    #expect(response.body == Data("no".utf8))
  }

  @Test func `a body goes out whole and nothing is added to the headers`() async throws {
    let server = try LoopbackServer { $0.echo() }
    let body = String(repeating: "lead ", count: 20_000)
    let response = try await client.send(call(server.url + "a/../b", .post, headers: [("X-Id", "7")], body: body))
    #expect(response.body == Data(body.utf8))
    let request = try #require(server.requests.first)
    #expect(request.head.hasPrefix("POST /a/../b HTTP/1.1\r\n"))
    let names = request.head.components(separatedBy: "\r\n").dropFirst().map { $0.prefix { $0 != ":" } }
    #expect(Set(names) == ["Host", "X-Id", "Accept", "Accept-Encoding", "Content-Length"])
  }

  @Test(arguments: [VendorRequest.Method.get, .post, .put, .patch, .delete])
  func `each method is sent as itself`(_ method: VendorRequest.Method) async throws {
    let server = try LoopbackServer { $0.echo() }
    for body in [nil, "{}"] {
      _ = try await client.send(call(server.url, method, headers: [("Content-Type", "application/json")], body: body))
    }
    for request in server.requests {
      #expect(request.head.hasPrefix("\(method.rawValue) / HTTP/1.1"))
      #expect(request.header("Content-Type") == "application/json")
    }
    #expect(server.requests.map(\.body) == [Data(), Data("{}".utf8)])
    #expect(server.requests.first?.header("Content-Length") == ([.get, .delete].contains(method) ? nil : "0"))
  }

  @Test func `an empty header value is sent empty`() async throws {
    let server = try LoopbackServer { $0.echo() }
    _ = try await client.send(call(server.url, headers: [("X-Empty", "")]))
    #expect(server.requests.first?.header("X-Empty") == "")
  }

  @Test func `a packed body is unpacked`() async throws {
    let zeros = Zeros(runs: 400)
    let server = try LoopbackServer { connection in
      while connection.readRequest() != nil {
        connection.answer(headers: ["Content-Encoding: gzip"], body: zeros.gzip)
      }
    }
    #expect(try await client.send(call(server.url)).body == Data(count: zeros.count))
  }

  @Test func `a redirect is an answer and is not followed`() async throws {
    let target = try LoopbackServer { $0.echo() }
    let place = target.url
    let server = try LoopbackServer { connection in
      while connection.readRequest() != nil { connection.answer("302 Found", headers: ["Location: \(place)"]) }
    }
    let response = try await client.send(call(server.url))
    #expect(response.status == 302)
    #expect(response.header("location") == place)
    #expect(target.connections == 0)
  }

  @Test func `interim answers are left out`() async throws {
    let server = try LoopbackServer { connection in
      while connection.readRequest() != nil {
        connection.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
        connection.answer(body: Data("done".utf8))
      }
    }
    let response = try await client.send(call(server.url))
    #expect(response.status == 200)
    #expect(response.header("Link") == nil)
  }
}
