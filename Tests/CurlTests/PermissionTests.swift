import Foundation
import Synchronization
import Testing
import VendorAPI

@testable import Curl

/// What a request waits for may take long enough for the right to send it to be lost.
@Suite(.timeLimit(.minutes(1)))
struct PermissionTests {
  let client = CurlClient(connectionsPerHost: 1)

  @Test func `a right that is lost in line keeps a request from being sent`() async throws {
    let isOver = Mutex(false)
    let server = try LoopbackServer { connection in
      guard connection.readRequest() != nil else { return }
      isOver.withLock { $0 = true }
      connection.answer()
    }
    var second = call(server.url, .post, body: "second")
    second.mayAct = { isOver.withLock { !$0 } }
    async let first = client.send(call(server.url, .post, body: "first"))
    try await eventually("the first is under way") { server.requests.count == 1 }
    let failure = await client.failure(second)
    #expect(try await first.status == 200)
    #expect(failure?.cause == .cancelled && failure?.mayHaveReachedService == false)
    #expect(server.requests.count == 1)
  }

  @Test func `the last question comes when the connection is there`() async throws {
    let server = try LoopbackServer { $0.echo() }
    let questions = Mutex(0)
    var request = call(server.url, .post, body: "x")
    // Yes when the transfer begins, no when its first byte would go.
    request.mayAct = {
      questions.withLock { questions in
        questions += 1
        return questions < 2
      }
    }
    let failure = await client.failure(request)
    #expect(failure?.cause == .cancelled && failure?.mayHaveReachedService == false)
    #expect(server.requests.isEmpty && server.connections == 1)
    #expect(try await client.send(call(server.url, .post, body: "y")).status == 200)
  }
}
