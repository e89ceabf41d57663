import Foundation
import Sandbox
import TestSupport

/// From the form to the card in Slack, held against the longest chain of calls that had to be waited for: at 1.0 Baton
/// would take no time of its own and leave no call waiting for another without need.
enum FormToCard {
  private static let leads = 9
  private static let delays: [StandIn: Duration] = [
    .hubspot: .milliseconds(120), .apollo: .milliseconds(300), .clearbit: .milliseconds(300),
    .slack: .milliseconds(150), .openai: .milliseconds(1_500), .pinecone: .milliseconds(80),
  ]

  private struct Run: Sendable {
    var milliseconds: Double
    var chain: CallChain
    var calls: Int
  }

  static func measure() async throws -> [String] {
    try await Bed.run(services: StandIn.allCases, delays: delays) { sandbox, _ in
      // The first lead also pays for what is asked once: owners, people, channels.
      _ = try await one(0, sandbox)
      var runs: [Run] = []
      for number in 1...leads { runs.append(try await one(number, sandbox)) }
      return report(runs)
    }
  }

  private static func report(_ runs: [Run]) -> [String] {
    let times = Figures(runs.map(\.milliseconds))
    let ratios = Figures(runs.map { $0.milliseconds / $0.chain.milliseconds })
    let chains = Figures(runs.map { $0.chain.milliseconds })
    let calls = Double(runs.reduce(0) { $0 + $1.calls }) / Double(runs.count)
    return [
      "form to card                \(times.median.asMilliseconds), median of \(runs.count)",
      "longest chain of calls      \(chains.median.asMilliseconds): \(runs.last?.chain.names ?? "")",
      "form to card ÷ chain        \(String(format: "%.2f", ratios.median))",
      "calls in the longest chain  \(runs.map(\.chain.calls.count).max() ?? 0)",
      "outbound calls a lead       \(String(format: "%.1f", calls))",
    ]
  }

  /// Sends one lead and waits until the last thing is written of it.
  private static func one(_ number: Int, _ sandbox: Sandbox) async throws -> Run {
    let lead = BenchLead(100_000 + number)
    lead.makeKnown(to: sandbox.world)
    sandbox.world.clearCalls()
    let sent = Date()
    _ = await sandbox.form.submit(lead.json)
    try await eventually("the note of lead \(number)", within: .seconds(60)) {
      sandbox.world.records(.contacts).contains {
        $0.properties["email"] == lead.email && !sandbox.world.linked(.contacts, $0.id, to: .notes).isEmpty
      }
    }
    let post: Call = try await eventually("the card of lead \(number)") {
      sandbox.world.calls(.slack, "chat.postMessage").last { $0.milliseconds != nil }
    }
    let calls = sandbox.world.calls
    return Run(
      milliseconds: post.ended.timeIntervalSince(sent) * 1_000, chain: CallChain(before: post, among: calls),
      calls: calls.count)
  }
}
