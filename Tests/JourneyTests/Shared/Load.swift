import Foundation
import Sandbox
import Synchronization
import TestSupport
import Testing

/// A web form that hands in leads at a steady pace, each a person of a company of its own.
final class Load: Sendable {
  /// What a form was told at last, and what it was told before.
  struct Delivery: Sendable {
    var name: String
    var lead: String?
    /// Answers that were no acceptance: the status, nil for none, and whether it said when to come again.
    var refusals: [(status: Int?, saysWhen: Bool)] = []
  }

  private let desk: Desk
  private let isOver = Mutex(false)
  private let acceptances = Mutex<[ContinuousClock.Instant]>([])
  private let refusals = Mutex(0)

  /// Between two leads: thirty a second.
  private static let pace: Duration = .milliseconds(33)
  /// Before a form that was refused comes again.
  private static let pause: Duration = .milliseconds(100)
  private static let patience: Duration = .seconds(30)

  init(_ desk: Desk) { self.desk = desk }

  /// The desk of such a form: what the services allow in ten seconds is not what is looked at.
  static let setup: Setup = {
    var setup = Setup.onShift
    setup.edits += [
      ("playbook.yaml", "hubspot: 100/10s", "hubspot: off"),
      ("playbook.yaml", "hubspot_search: 5/s", "hubspot_search: off"),
    ]
    return setup.onRedis
  }()

  /// No more leads are begun.
  func end() { isOver.withLock { $0 = true } }

  /// Hands in one after the other until `end()`, each again until it is accepted.
  func run() async throws -> [Delivery] {
    try await withThrowingTaskGroup(of: Delivery.self) { group in
      var count = 0
      while !isOver.withLock({ $0 }) {
        let name = "lead\(count)"
        group.addTask { try await self.deliver(name) }
        count += 1
        // The load itself: so many a second, whatever becomes of them.
        try await Task.sleep(for: Self.pace)
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func deliver(_ name: String) async throws -> Delivery {
    var delivery = Delivery(name: name)
    let deadline = ContinuousClock.now + Self.patience
    while delivery.lead == nil, .now < deadline {
      let answer = await desk.sandbox.form.submit(FormLead.alone(name).json, id: "delivery-\(name)")
      if answer.succeeded {
        delivery.lead = answer.json["lead_id"].text
        acceptances.withLock { $0.append(.now) }
      } else {
        delivery.refusals.append((answer.status, answer.retryAfter != nil))
        refusals.withLock { $0 += 1 }
        // As a form does that was refused: it tries again after a while.
        try await Task.sleep(for: Self.pause)
      }
    }
    return delivery
  }

  /// Waits until so many have been accepted.
  func accepted(_ count: Int) async throws {
    try await eventually("\(count) leads accepted") { acceptances.withLock { $0.count } >= count }
  }

  /// Waits until so many have been refused.
  func refused(_ count: Int) async throws {
    try await eventually("\(count) leads refused") { refusals.withLock { $0 } >= count }
  }

  /// The first acceptance after that moment.
  func accepted(after moment: ContinuousClock.Instant) async throws -> ContinuousClock.Instant {
    try await eventually("an acceptance") { acceptances.withLock { all in all.first { $0 > moment } } }
  }

  /// Waits until each has its one card, and looks that nothing else has.
  func expectOneCardEach(_ deliveries: [Delivery]) async throws {
    let leads = Set(deliveries.compactMap(\.lead))
    #expect(leads.count == deliveries.count, "each was accepted, and is a lead of its own")
    do {
      try await eventually("a card of each lead", within: .seconds(60), every: .milliseconds(250)) {
        leads.isSubset(of: cards.keys)
      }
    } catch is NotInTime {
      let missing = leads.subtracting(cards.keys).sorted()
      throw Desk.Refused(
        description:
          "\(missing.count) of \(leads.count) have no card, the first: \(try await desk.lead(missing[0]).encoded)")
    }
    try await CrashStory(desk: desk).untilQuiet()
    let found = cards
    #expect(found.count == leads.count && found.values.allSatisfy { $0 == 1 })
    for delivery in deliveries { #expect(desk.contacts(FormLead.alone(delivery.name).email).count == 1) }
    #expect(try await desk.admin("/admin/dead-letters").json["dead_letters"].items.isEmpty)
    for (_, message) in desk.allMessages { desk.noteExpected(message["ts"].text ?? "") }
  }

  /// How many cards each lead has.
  private var cards: [String: Int] {
    desk.allMessages.reduce(into: [:]) { counts, place in
      let message = place.message
      guard message["thread_ts"].isNull, let lead = message["metadata"]["event_payload"]["lead_id"].text else { return }
      counts[lead, default: 0] += 1
    }
  }
}
