import Foundation
import Sandbox

extension Call {
  /// When its answer left; its start while it runs.
  var ended: Date { startedAt.addingTimeInterval((milliseconds ?? 0) / 1_000) }
}

/// The calls, each begun after the one before had ended, that together took longest and end with a given one.
struct CallChain: Sendable {
  private(set) var calls: [Call]

  init(before last: Call, among all: [Call]) {
    let earlier = all.filter { $0.number != last.number && $0.milliseconds != nil && $0.ended <= last.startedAt }
      .sorted { $0.ended < $1.ended }
    var best: [CallChain] = []
    for call in earlier { best.append(Self.longest(best, endedBy: call.startedAt).adding(call)) }
    self = Self.longest(best, endedBy: last.startedAt).adding(last)
  }

  private init(_ calls: [Call]) { self.calls = calls }

  var milliseconds: Double { calls.reduce(0) { $0 + ($1.milliseconds ?? 0) } }

  var names: String { calls.map { "\($0.service.rawValue) \($0.operation)" }.joined(separator: " → ") }

  private static func longest(_ chains: [CallChain], endedBy moment: Date) -> CallChain {
    chains.filter { ($0.calls.last?.ended ?? .distantFuture) <= moment }
      .max { $0.milliseconds < $1.milliseconds } ?? CallChain([])
  }

  private func adding(_ call: Call) -> CallChain { CallChain(calls + [call]) }
}
