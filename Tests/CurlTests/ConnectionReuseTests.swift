import Foundation
import Testing
import VendorAPI

@testable import Curl

@Suite(.timeLimit(.minutes(1)))
struct ConnectionReuseTests {
  let client = CurlClient()

  @Test func `requests one after another share one connection`() async throws {
    let server = try LoopbackServer { $0.echo() }
    for number in 0..<50 {
      let response = try await client.send(call(server.url, .post, body: "\(number)"))
      #expect(response.body == Data("\(number)".utf8))
    }
    #expect(server.connections == 1)
  }

  @Test func `a connection that the server closed while idle is replaced`() async throws {
    let server = try LoopbackServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.answer()
    }
    for round in 1...3 {
      #expect(try await client.send(call(server.url, .post, body: "x")).status == 200)
      try await eventually("the server closes") { server.closedConnections == round }
    }
    #expect(server.requests.count == 3)
  }

  @Test(arguments: [VendorRequest.Method.post, .get, .delete])
  func `a request is not sent again when a used connection closes unanswered`(
    _ method: VendorRequest.Method
  ) async throws {
    let server = try LoopbackServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.answer()
      _ = connection.readRequest()
    }
    _ = try await client.send(call(server.url))
    let error = await client.failure(call(server.url, method))
    #expect(error?.cause == .interrupted)
    #expect(error?.mayHaveReachedService == true)
    #expect(server.requests.count == 2)
  }
}
