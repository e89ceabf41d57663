import Foundation
import Testing
import VendorAPI

@testable import Curl

/// Servers that hang, lie, flood and break off.
@Suite(.timeLimit(.minutes(1)))
struct HostileServerTests {
  let client = CurlClient()

  @Test func `a server that never answers is given up after the time allowed`() async throws {
    let server = try LoopbackServer { $0.listenInSilence() }
    var error: TransportError?
    let time = await ContinuousClock().measure {
      error = await client.failure(call(server.url, .post, body: "x", timeout: .milliseconds(200)))
    }
    #expect(error?.cause == .timedOut)
    #expect(error?.mayHaveReachedService == true)
    #expect(time >= .milliseconds(190) && time < .seconds(5))
  }

  @Test func `a server that drips is given up after the time allowed`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
      connection.drip()
    }
    let error = await client.failure(call(server.url, timeout: .milliseconds(300)))
    #expect(error?.cause == .timedOut)
  }

  @Test func `a transfer that stalls is given up before its time`() async throws {
    let server = try LoopbackServer { $0.listenInSilence() }
    var configuration = CurlConfiguration()
    configuration.stallTimeout = .seconds(1)
    let error = await CurlClient(configuration).failure(call(server.url, timeout: .seconds(50)))
    #expect(error?.cause == .timedOut)
  }

  @Test func `an answer cut after its headers is no answer`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    }
    let error = await client.failure(call(server.url, .post, body: "x"))
    #expect(error?.cause == .interrupted)
    #expect(error?.mayHaveReachedService == true)
  }

  @Test func `a chunked answer without its last chunk is no answer`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
    }
    #expect(await client.failure(call(server.url))?.cause == .interrupted)
  }

  @Test func `a reset after the request was read leaves the outcome open`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.reset()
    }
    let error = await client.failure(call(server.url, .post, body: "x"))
    #expect(error?.cause == .interrupted)
    #expect(error?.mayHaveReachedService == true)
    #expect(server.requests.count == 1)
  }

  @Test func `a reset before the request is read is an interruption`() async throws {
    let server = try LoopbackServer { $0.reset() }
    // On a busy machine the reset may be there before the connection is noticed.
    let cause = await client.failure(call(server.url, .post, body: "x"))?.cause
    #expect(cause == .interrupted || cause == .couldNotConnect)
  }

  @Test func `what is not HTTP is no answer`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("SSH-2.0-OpenSSH\r\n")
    }
    #expect(await client.failure(call(server.url))?.cause == .interrupted)
  }

  @Test func `a refused connection never reached the service`() async throws {
    let error = try await LoopbackServer.withRefusingPort { port in
      await client.failure(call("http://127.0.0.1:\(port)/", .post, body: "x"))
    }
    #expect(error?.cause == .couldNotConnect)
    #expect(error?.mayHaveReachedService == false)
  }

  @Test func `a name that does not resolve never reached the service`() async {
    // Longer than a label may be (RFC 1035 §2.3.4): refused here, without asking a name server.
    let error = await client.failure(call("http://\(String(repeating: "a", count: 64)).test/", .post, body: "x"))
    #expect(error?.cause == .couldNotResolve)
    #expect(error?.mayHaveReachedService == false)
  }

  @Test func `a failed TLS handshake never reached the service`() async throws {
    let server = try LoopbackServer { connection in
      connection.send("no TLS here\r\n")
      connection.listenInSilence()
    }
    let error = await client.failure(call("https://127.0.0.1:\(server.port)/", .post, body: "x"))
    #expect(error?.cause == .tlsFailed)
    #expect(error?.mayHaveReachedService == false)
  }

  @Test func `an error names neither address, header nor body`() async throws {
    let server = try LoopbackServer { connection in _ = connection.readRequest() }
    let request = call(
      server.url + "people/ada", .post, headers: [("Authorization", "Bearer top-secret")], body: "ada@acme.example")
    let detail = try #require(await client.failure(request)).detail
    for secret in ["127.0.0.1", "\(server.port)", "ada", "secret", "acme"] { #expect(!detail.contains(secret)) }
  }
}
