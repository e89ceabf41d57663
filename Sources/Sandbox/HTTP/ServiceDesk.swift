import Foundation
import Hummingbird
import NIOCore

/// Answers one call of a service: logs it, lets it meet its fault, and does what it asks in one step.
struct ServiceDesk {
  let world: World

  /// How long a hanging call is held at most.
  private static let longestHang = Duration.seconds(120)

  func respond(_ target: ServiceTarget, _ inbound: Inbound, _ channel: any Channel) async throws -> Response {
    let started = ContinuousClock.now
    let (number, fault, delay) = world.change { state in
      let fault = state.faults.take(target.service, target.operation)
      let number = state.calls.begin(target.service, target.operation, inbound, fault: fault)
      return (number, fault, state.faults.delays[target.service])
    }
    if let delay { try? await Task.sleep(for: delay) }
    let reply = await reply(target, inbound, fault, channel)
    let took = Double((ContinuousClock.now - started) / .microseconds(1)) / 1000
    let refusal = reply.flatMap(Self.refusal)
    world.change {
      $0.calls.end(number, target.service, status: reply?.status, refusal: refusal, milliseconds: took)
    }
    guard let reply else { return try await Self.cut(channel) }
    return Front.response(reply)
  }

  /// The answer, or nil where the connection is to be closed without one.
  private func reply(
    _ target: ServiceTarget, _ inbound: Inbound, _ fault: Fault?, _ channel: any Channel
  ) async -> Reply? {
    switch fault {
    case nil: return perform(target, inbound)
    case .slow(let milliseconds):
      try? await Task.sleep(for: .milliseconds(milliseconds))
      return perform(target, inbound)
    case .tooManyRequests(let seconds): return target.failure(429, retryAfter: seconds)
    case .serverError(let status): return target.failure(status, retryAfter: nil)
    case .refusesCredentials: return target.failure(401, retryAfter: nil)
    case .garbage:
      _ = perform(target, inbound)
      return .text("<html><body><h1>It works!</h1></body></html>")
    case .truncated:
      var reply = perform(target, inbound)
      reply.body = reply.body.prefix(reply.body.count / 2)
      return reply
    case .resetBefore: return nil
    case .resetAfter:
      _ = perform(target, inbound)
      return nil
    case .hangAfter:
      _ = perform(target, inbound)
      await hang(channel)
      return nil
    case .hang:
      await hang(channel)
      return nil
    }
  }

  private func perform(_ target: ServiceTarget, _ inbound: Inbound) -> Reply {
    world.change { target.answer(inbound, &$0) }
  }

  private func hang(_ channel: any Channel) async {
    let generation = world.read(\.faults.generation)
    let deadline = ContinuousClock.now + Self.longestHang
    while ContinuousClock.now < deadline, channel.isActive, world.read(\.faults.generation) == generation {
      do { try await Task.sleep(for: .milliseconds(50)) } catch { return }
    }
  }

  /// Closes the connection; whatever Hummingbird still writes finds no one.
  private static func cut(_ channel: any Channel) async throws -> Response {
    try? await channel.close()
    return Response(status: .badGateway)
  }

  /// Slack's error code, so that the log shows more than "200".
  private static func refusal(_ reply: Reply) -> String? {
    guard reply.status == 200, reply.body.starts(with: Data("{\"error\":".utf8)) else { return nil }
    return JSON.parse(reply.body)?["error"].text
  }
}
