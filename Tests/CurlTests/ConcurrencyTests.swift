import Foundation
import Testing
import VendorAPI

@testable import Curl

/// Thousands at once, given up or let go.
@Suite(.timeLimit(.minutes(1)))
struct ConcurrencyTests {
  @Test func `two thousand requests at once each get their own answer over few connections`() async throws {
    let server = try LoopbackServer { $0.echo() }
    let client = CurlClient()
    let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<2000 {
        group.addTask {
          let response = try await client.send(call(server.url, .post, body: "\(number)", timeout: .seconds(50)))
          return response.body == Data("\(number)".utf8)
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 0 : 1 }
    }
    #expect(wrong == 0)
    #expect(server.requests.count == 2000)
    #expect(server.connections <= 16)
  }

  @Test func `a thousand cancelled requests end at once, and each knows whether it was sent`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.listenInSilence()
    }
    let client = CurlClient(connectionsPerHost: 20)
    let callers = (0..<1000).map { _ in
      Task { await client.failure(call(server.url, .post, body: "x", timeout: .seconds(50))) }
    }
    try await eventually("20 requests under way") { server.requests.count == 20 }
    for caller in callers { caller.cancel() }
    var errors: [TransportError] = []
    for caller in callers { errors.append(try #require(await caller.value)) }
    #expect(errors.allSatisfy { $0.cause == .cancelled })
    // A place freed by one may be taken by another for a moment before that one is cancelled too, unsent.
    let sent = errors.count { $0.mayHaveReachedService }
    try await eventually("the server saw those that say they were sent") { server.requests.count == sent }
    #expect(sent < 1000)
  }

  @Test func `requests survive others that are cancelled at random among them`() async throws {
    let server = try LoopbackServer { $0.echo() }
    let client = CurlClient()
    let results = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<1000 {
        group.addTask {
          let caller = Task { try await client.send(call(server.url, .post, body: "\(number)")).body }
          if number % 2 == 0 { caller.cancel() }
          let body = try? await caller.value
          return body == Data("\(number)".utf8) || (body == nil && number % 2 == 0)
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(results == 1000)
  }

  @Test func `a task cancelled before it calls sends nothing`() async throws {
    let server = try LoopbackServer { $0.echo() }
    let client = CurlClient()
    let caller = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await client.failure(call(server.url))
    }
    let error = await caller.value
    #expect(error?.cause == .cancelled)
    #expect(error?.mayHaveReachedService == false)
    #expect(server.connections == 0)
  }

  @Test func `waiting for a free connection counts towards the time allowed`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.listenInSilence()
    }
    let client = CurlClient(connectionsPerHost: 1)
    let first = Task { await client.failure(call(server.url)) }
    try await eventually("the first is under way") { server.requests.count == 1 }
    let error = await client.failure(call(server.url, .post, body: "x", timeout: .milliseconds(150)))
    #expect(error?.cause == .timedOut)
    #expect(error?.mayHaveReachedService == false)
    first.cancel()
    _ = await first.value
    #expect(server.requests.count == 1)
  }

  @Test func `a slow origin does not hold up another`() async throws {
    let slow = try LoopbackServer { $0.listenInSilence() }
    let quick = try LoopbackServer { $0.echo() }
    let client = CurlClient(connectionsPerHost: 1)
    let stuck = (0..<10).map { _ in Task { await client.failure(call(slow.url)) } }
    try await eventually("the slow one is reached") { slow.connections == 1 }
    #expect(try await client.send(call(quick.url)).status == 200)
    for caller in stuck { caller.cancel() }
    for caller in stuck { #expect(await caller.value?.cause == .cancelled) }
  }
}
