import Foundation
import Synchronization
import Testing

@testable import VendorAPI

/// A service that stops answering is left alone, and found again when it is back.
struct CircuitBreakerTests {
  private let clock = ManualTime()
  private let service = Script()

  private func guarded(_ changes: Changes = Changes()) -> GuardedTransport {
    GuardedTransport(service, clock: clock) { vendor, isResting in
      changes.add("\(vendor) \(isResting ? "rests" : "is back")")
    }
  }

  private func request(_ vendor: String = "crm") -> VendorRequest {
    VendorRequest(vendor: vendor, operation: "read", method: .get, url: "http://service.example/")
  }

  private func call(_ transport: GuardedTransport, _ vendor: String = "crm") async -> String {
    do throws(TransportError) {
      return String(try await transport.send(request(vendor)).status)
    } catch {
      return error.cause.rawValue
    }
  }

  private func fail(_ transport: GuardedTransport, times: Int) async {
    for _ in 0..<times { _ = await call(transport) }
  }

  @Test func `five failures in a row and the next call is not made`() async {
    let transport = guarded()
    service.answer { _ in .failure(.couldNotConnect) }
    await fail(transport, times: 5)
    #expect(await call(transport) == "resting")
    #expect(service.calls == 5)
    #expect(transport.isResting("crm"))
  }

  @Test func `what is not sent is known not to have happened, and says when to try again`() async throws {
    let transport = guarded()
    service.answer { _ in .failure(.timedOut) }
    await fail(transport, times: 5)
    let error = await #expect(throws: TransportError.self) { try await transport.send(request()) }
    #expect(error?.mayHaveReachedService == false)
    #expect(error?.retryAfter == .seconds(2))
    let failure = VendorError(try #require(error), vendor: "crm", operation: "read")
    #expect(failure.retry == .later(.seconds(2)) && !failure.outcomeUnknown)
  }

  @Test func `a success between failures starts the count anew`() async {
    let transport = guarded()
    service.answer { $0 == 4 ? .success(200) : .success(503) }
    await fail(transport, times: 9)
    #expect(service.calls == 9)
  }

  @Test(arguments: [400, 401, 404, 409, 429]) func `a refusal is an answer`(status: Int) async {
    let transport = guarded()
    service.answer { _ in .success(status) }
    await fail(transport, times: 20)
    #expect(service.calls == 20)
  }

  @Test func `one service that rests holds up no other`() async {
    let transport = guarded()
    service.answer { _ in .success(500) }
    await fail(transport, times: 5)
    service.answer { _ in .success(200) }
    #expect(await call(transport) == "resting")
    #expect(await call(transport, "chat") == "200")
  }

  @Test func `after the rest one call looks, and its success lets all through`() async {
    let changes = Changes()
    let transport = guarded(changes)
    service.answer { _ in .success(500) }
    await fail(transport, times: 5)
    service.answer { _ in .success(200) }
    clock.move(by: .seconds(2))
    #expect(await call(transport) == "200")
    #expect(await call(transport) == "200")
    #expect(changes.all == ["crm rests", "crm is back"])
  }

  @Test func `each failed look doubles the rest, to fifteen seconds at most`() async {
    let transport = guarded()
    service.answer { _ in .success(500) }
    await fail(transport, times: 5)
    var rests: [Duration] = []
    for _ in 0..<5 {
      clock.move(by: .seconds(20))
      _ = await call(transport)
      let error = await #expect(throws: TransportError.self) { try await transport.send(request()) }
      rests.append(error?.retryAfter ?? .zero)
    }
    #expect(rests == [4, 8, 15, 15, 15].map { .seconds($0) })
  }

  @Test func `while one call looks the others are not made`() async {
    let transport = guarded()
    service.answer { _ in .success(500) }
    await fail(transport, times: 5)
    clock.move(by: .seconds(2))
    let others = Changes()
    service.answer { _ in .success(200) }
    service.during { others.add(await call(transport)) }
    #expect(await call(transport) == "200")
    #expect(others.all == ["resting"])
  }

  @Test func `a call given up at once says nothing, one given up after seconds of silence counts`() async {
    let transport = guarded()
    service.answer { _ in .failure(.cancelled) }
    await fail(transport, times: 20)
    #expect(!transport.isResting("crm"))
    service.during { clock.move(by: .seconds(3)) }
    await fail(transport, times: 5)
    #expect(transport.isResting("crm"))
  }

  @Test func `a look that was given up leaves the next one to look`() async {
    let transport = guarded()
    service.answer { _ in .success(500) }
    await fail(transport, times: 5)
    clock.move(by: .seconds(2))
    service.answer { _ in .failure(.cancelled) }
    #expect(await call(transport) == "cancelled")
    service.answer { _ in .success(200) }
    #expect(await call(transport) == "200")
  }
}

private final class Changes: Sendable {
  private let list = Mutex<[String]>([])
  var all: [String] { list.withLock { $0 } }
  func add(_ text: String) { list.withLock { $0.append(text) } }
}

/// A service that answers by a rule.
private final class Script: HTTPTransport {
  enum Answer {
    case success(Int)
    case failure(TransportError.Cause)
  }

  private struct State {
    var calls = 0
    var answer: @Sendable (Int) -> Answer = { _ in .success(200) }
    var during: (@Sendable () async -> Void)?
  }

  private let state = Mutex(State())
  var calls: Int { state.withLock(\.calls) }

  func answer(_ rule: @escaping @Sendable (Int) -> Answer) { state.withLock { $0.answer = rule } }
  func during(_ act: @escaping @Sendable () async -> Void) { state.withLock { $0.during = act } }

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    let (answer, during) = state.withLock { state in
      defer { state.calls += 1 }
      return (state.answer(state.calls), state.during)
    }
    await during?()
    switch answer {
    case .success(let status): return VendorResponse(status: status)
    case .failure(let cause): throw TransportError(cause: cause, mayHaveReachedService: true, detail: "")
    }
  }
}
