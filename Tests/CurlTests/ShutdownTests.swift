import Testing
import VendorAPI

@testable import Curl

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
  @Test func `shutting down fails what is under way and in line, and ends the thread`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.listenInSilence()
    }
    let client = CurlClient(connectionsPerHost: 1)
    let callers = (0..<10).map { _ in Task { await client.failure(call(server.url, .post, body: "x")) } }
    try await eventually("one is under way") { server.requests.count == 1 }
    client.shutdown()
    var errors: [TransportError] = []
    for caller in callers { errors.append(try #require(await caller.value)) }
    #expect(errors.allSatisfy { $0.cause == .shutDown })
    #expect(errors.count { $0.mayHaveReachedService } == 1)
    await client.waitForEnd()
  }

  @Test func `after a shutdown every request fails at once and a second shutdown is harmless`() async throws {
    let server = try LoopbackServer { $0.echo() }
    let client = CurlClient()
    client.shutdown()
    client.shutdown()
    let error = await client.failure(call(server.url))
    #expect(error?.cause == .shutDown)
    #expect(error?.mayHaveReachedService == false)
    await client.waitForEnd()
    #expect(await client.failure(call(server.url))?.cause == .shutDown)
    #expect(server.connections == 0)
  }

  @Test func `a client that is let go closes its connections`() async throws {
    let server = try LoopbackServer { $0.echo() }
    func useOnce() async throws { _ = try await CurlClient().send(call(server.url)) }
    try await useOnce()
    try await eventually("the connection is closed") { server.closedConnections == 1 }
  }
}
