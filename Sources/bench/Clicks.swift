import Foundation
import Sandbox
import TestSupport

/// How soon a claim and a reassignment are answered and seen on the card, while 100 leads a second come in and the
/// services are called as often as the sample playbook allows.
enum Clicks {
  private static let perSecond = 100
  /// Cards of each kind that are clicked, two a second.
  private static let cards = 20
  private static let claimer = "anna@northwind.example"

  private struct Timing: Sendable {
    /// Until Slack had its answer.
    var answered: Double
    /// Until the card said so.
    var shown: Double
  }

  static func measure() async throws -> [String] {
    try await Bed.run { sandbox, _ in
      let cards = try await posted(sandbox)
      let load = Task { await Self.load(sandbox.form) }
      var claims: [Timing] = []
      var moves: [Timing] = []
      for number in 0..<Self.cards {
        claims.append(try await claim(cards[number], sandbox))
        moves.append(try await reassign(cards[Self.cards + number], sandbox))
        // Clicks come as people's do, not as fast as they are answered.
        try await Task.sleep(for: .milliseconds(250))
      }
      load.cancel()
      let sent = await load.value
      return [
        line("claim", claims), line("reassign", moves), "  meanwhile                 \(sent) leads at \(perSecond)/s",
      ]
    }
  }

  private static func line(_ name: String, _ timings: [Timing]) -> String {
    let (answers, cards) = (Figures(timings.map(\.answered)), Figures(timings.map(\.shown)))
    return name.padding(toLength: 28, withPad: " ", startingAt: 0)
      + "answered p50 \(answers.median.asMilliseconds), p95 \(answers.percentile(95).asMilliseconds);"
      + " on the card p50 \(cards.median.asMilliseconds), p95 \(cards.percentile(95).asMilliseconds)"
  }

  // MARK: Load

  private static func load(_ form: LeadForm) async -> Int {
    let start = ContinuousClock.now
    var number = 0
    await withTaskGroup(of: Void.self) { group in
      while !Task.isCancelled {
        let lead = BenchLead(300_000 + number)
        group.addTask { _ = await form.submit(lead.json) }
        number += 1
        // Cancelled, the condition ends the loop.
        try? await Task.sleep(until: start + .seconds(1) * number / perSecond, clock: .continuous)
      }
    }
    return number
  }

  /// Cards to click on: place and whose they are.
  private static func posted(_ sandbox: Sandbox) async throws -> [(channel: String, ts: String)] {
    for number in 0..<(cards * 2) { _ = await sandbox.form.submit(BenchLead(200_000 + number).json) }
    guard let channel = sandbox.world.channelID("#leads-dach") else { return [] }
    return try await eventually("the cards", within: .seconds(180)) {
      let messages = sandbox.world.messages(channel).filter { $0["thread_ts"].isNull }
      // Claiming what is about to be edited anyway would measure that edit.
      let settled = messages.filter { $0.encoded.contains("Open in HubSpot") || $0["edited"].isNull == false }
      let places = messages.compactMap { $0["ts"].text.map { (channel: channel, ts: $0) } }
      return settled.count >= cards * 2 || places.count >= cards * 2 && isQuiet(sandbox) ? places : nil
    }
  }

  private static func isQuiet(_ sandbox: Sandbox) -> Bool {
    sandbox.world.records(.notes).count >= cards * 2
  }

  // MARK: Clicks

  private static func claim(_ card: (channel: String, ts: String), _ sandbox: Sandbox) async throws -> Timing {
    let started = ContinuousClock.now
    let user = try sandbox.user(claimer)
    let outcome = try await sandbox.people.press(
      "lead.claim.v1", in: .message(channel: card.channel, ts: card.ts), user: user)
    guard outcome.complaint == nil else { throw BatonProcess.NotRunning(description: outcome.complaint ?? "") }
    let answered = (ContinuousClock.now - started).milliseconds
    try await shown("Claimed by", on: card, sandbox)
    return Timing(answered: answered, shown: (ContinuousClock.now - started).milliseconds)
  }

  /// From sending the form off: choosing is the person's time.
  private static func reassign(_ card: (channel: String, ts: String), _ sandbox: Sandbox) async throws -> Timing {
    let user = try sandbox.user("maria@northwind.example")
    let before = message(card, sandbox)["edited"]
    _ = try await sandbox.people.press(
      "lead.reassign.v1", in: .message(channel: card.channel, ts: card.ts), user: user)
    let option: JSON = try await eventually("the form") {
      let blocks = sandbox.world.views(user).last?["blocks"].items ?? []
      let menu = blocks.first { $0["block_id"].text == "to_member" }?["element"] ?? .null
      return menu["option_groups"].items.first?["options"].items.first
    }
    let started = ContinuousClock.now
    let sent = try await sandbox.people.submit(
      ["to_member": ["member": ["type": "static_select", "selected_option": option]]], user: user)
    guard sent.errors.isEmpty else { throw BatonProcess.NotRunning(description: "\(sent.errors)") }
    let answered = (ContinuousClock.now - started).milliseconds
    try await eventually("the new owner on the card", within: .seconds(60), every: .milliseconds(5)) {
      message(card, sandbox)["edited"] != before
    }
    return Timing(answered: answered, shown: (ContinuousClock.now - started).milliseconds)
  }

  private static func shown(_ text: String, on card: (channel: String, ts: String), _ sandbox: Sandbox) async throws {
    try await eventually(text, within: .seconds(60), every: .milliseconds(5)) {
      message(card, sandbox).encoded.contains(text)
    }
  }

  private static func message(_ card: (channel: String, ts: String), _ sandbox: Sandbox) -> JSON {
    sandbox.world.message(card.channel, card.ts) ?? .null
  }
}

extension Sandbox {
  /// The Slack user with that e-mail address.
  func user(_ email: String) throws -> String {
    guard let id = world.userID(email) else { throw BatonProcess.NotRunning(description: "no \(email)") }
    return id
  }
}
