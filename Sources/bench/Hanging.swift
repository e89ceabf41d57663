import Foundation
import Sandbox
import TestSupport

/// How soon Slack has its answers to two hundred clicks and commands at once while every service hangs.
enum Hanging {
  private static let acts = 200
  private static let person = "anna@northwind.example"

  static func measure() async throws -> [String] {
    try await Bed.run(services: StandIn.allCases) { sandbox, _ in
      let card = try await card(sandbox)
      let user = try sandbox.user(person)
      // From now on Baton knows who she is.
      _ = await sandbox.people.command("/lead", "mine", channel: card.channel, user: user)
      for service in StandIn.allCases { sandbox.world.setFault(.hang, for: service) }
      let times = try await all(on: card, by: user, sandbox)
      sandbox.world.clearFaults()
      let figures = Figures(times)
      return [
        "\(acts) at once, all hanging     "
          + "answered p50 \(figures.median.asMilliseconds), p99 \(figures.percentile(99).asMilliseconds)"
      ]
    }
  }

  private static func card(_ sandbox: Sandbox) async throws -> (channel: String, ts: String) {
    let lead = BenchLead(400_000)
    lead.makeKnown(to: sandbox.world)
    _ = await sandbox.form.submit(lead.json)
    guard let channel = sandbox.world.channelID("#leads-dach") else {
      throw BatonProcess.NotRunning(description: "no #leads-dach")
    }
    let ts = try await eventually("the card", within: .seconds(60)) {
      sandbox.world.messages(channel).first { $0["thread_ts"].isNull }?["ts"].text
    }
    return (channel, ts)
  }

  /// In milliseconds, from sending to the answer: a third look-ups by command, a third forms, a third changes.
  private static func all(
    on card: (channel: String, ts: String), by user: String, _ sandbox: Sandbox
  ) async throws -> [Double] {
    let place = SlackPeople.Place.message(channel: card.channel, ts: card.ts)
    return try await withThrowingTaskGroup(of: Double.self) { group in
      for number in 0..<acts {
        group.addTask {
          switch number % 3 {
          case 0:
            return await sandbox.people.command("/lead", "help", channel: card.channel, user: user).answer.milliseconds
          case 1: return try await sandbox.people.press("lead.why.v1", in: place, user: user).answer.milliseconds
          default: return try await sandbox.people.press("lead.claim.v1", in: place, user: user).answer.milliseconds
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }
}
