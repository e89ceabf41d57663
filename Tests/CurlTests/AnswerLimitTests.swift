import Foundation
import Testing
import VendorAPI

@testable import Curl

/// Answers that want more memory than they get.
@Suite(.timeLimit(.minutes(1)))
struct AnswerLimitTests {
  let client = CurlClient()

  @Test func `a body announced as larger than 8 MiB is not taken`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: \((8 << 20) + 1)\r\n\r\n")
      connection.listenInSilence()
    }
    let error = await client.failure(call(server.url))
    #expect(error?.cause == .answerTooLarge)
    #expect(error?.mayHaveReachedService == true)
  }

  @Test(arguments: [(8, true), (9, false)])
  func `a body without a length is taken up to 8 MiB`(_ megabytes: Int, _ isTaken: Bool) async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
      for _ in 0..<megabytes where !connection.send(Data(count: 1 << 20)) { return }
    }
    if isTaken {
      #expect(try await client.send(call(server.url)).body.count == megabytes << 20)
    } else {
      #expect(await client.failure(call(server.url))?.cause == .answerTooLarge)
    }
  }

  @Test func `a body that unpacks to far more than was sent is not taken`() async throws {
    let bomb = Zeros(runs: 30_000).gzip
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.answer(headers: ["Content-Encoding: gzip"], body: bomb)
    }
    #expect(await client.failure(call(server.url))?.cause == .answerTooLarge)
  }

  @Test func `a packed body is measured unpacked`() async throws {
    let bomb = Zeros(runs: 40_000).gzip
    var configuration = CurlConfiguration()
    configuration.limits.ratio = 1_000_000
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.answer(headers: ["Content-Encoding: gzip"], body: bomb)
    }
    #expect(await CurlClient(configuration).failure(call(server.url))?.detail == "the answer is larger than allowed")
  }

  @Test(arguments: ["X-Filler: 0123456789\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"])
  func `headers without end are not taken`(_ line: String) async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      if line.hasPrefix("X") { connection.send("HTTP/1.1 200 OK\r\n") }
      while connection.send(String(repeating: line, count: 100)) {}
    }
    #expect(await client.failure(call(server.url))?.cause == .answerTooLarge)
  }
}
