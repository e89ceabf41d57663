import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ClockTests {
  private static let jo = "jo@n.example"
  private static let an = "an@n.example"
  private static let maria = "maria@n.example"

  /// A lead that Jo has been given, with its card there.
  private func dealt(
    _ policy: Policy = .punctual(), _ story: (Office, Pipeline, LeadID) async throws -> Void
  ) async throws {
    let office = try await Office(policy)
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await story(office, pipeline, id)
    }
  }

  @Test func `who has not claimed is reminded once after ten minutes, and not a second before`() async throws {
    try await dealt { office, pipeline, id in
      try await office.pass(minutes: 10 - 1 / 60, pipeline, id)
      #expect(office.slack.lines.isEmpty)
      try await office.pass(minutes: 1 / 60, pipeline, id)
      #expect(office.slack.reminders.map(\.mention) == [Self.jo])
      try await office.pass(minutes: 4, pipeline, id)
      #expect(office.slack.lines.count == 1)
      #expect(office.slack.notices.isEmpty)
    }
  }

  @Test func `after fifteen minutes the next one has the lead, the turn is theirs, and the card says so`() async throws
  {
    try await dealt { office, pipeline, id in
      try await office.pass(minutes: 10, pipeline, id)
      try await office.pass(minutes: 5, pipeline, id)
      let lead = try await office.lead(id)
      #expect(lead.desk.owner == Self.an)
      #expect(lead.desk.declinedBy == [Self.jo])
      #expect(lead.state == .delivered)
      #expect(office.slack.lines.map(\.mention) == [Self.jo, Self.an])
      #expect(office.slack.cards(of: id).map { $0.drawn?.desk.owner } == [Self.an])
      let rotation = try await office.rotation()
      #expect(rotation.turns(of: Self.jo) == 0)
      #expect(rotation.turns(of: Self.an) == 1)
      #expect(office.crm.owners == [Self.jo, Self.an])
      #expect(try await office.actions(id).filter { $0 == "passed" }.count == 1)
      #expect(office.slack.notices.isEmpty)
    }
  }

  @Test func `when the second lets it pass too, the manager is told once, and they keep it`() async throws {
    try await dealt { office, pipeline, id in
      for _ in 0..<12 { try await office.pass(minutes: 5, pipeline, id) }
      let lead = try await office.lead(id)
      #expect(lead.desk.owner == Self.an)
      #expect(lead.desk.passedBy == [Self.jo, Self.an])
      #expect(office.slack.notices(to: Self.maria).count == 1)
      #expect(office.slack.reminders.map(\.mention) == [Self.jo, Self.an])
      #expect(try await office.store.timers(of: id).isEmpty)
    }
  }

  @Test func `where nobody is left the manager is told at once`() async throws {
    try await dealt(.punctual(weights: [("jo@n.example", 1)])) { office, pipeline, id in
      try await office.pass(minutes: 15, pipeline, id)
      #expect(try await office.lead(id).desk.owner == Self.jo)
      #expect(office.slack.notices(to: Self.maria).count == 1)
    }
  }

  @Test func `somebody who is not on shift now is not the next`() async throws {
    var policy = Policy.punctual()
    policy.routing.teams[0].members[1].hours = WorkingHours(
      timezone: "Europe/Berlin", days: [.tue], from: 9 * 60, to: 18 * 60)
    try await dealt(policy) { office, pipeline, id in
      try await office.pass(minutes: 15, pipeline, id)
      #expect(try await office.lead(id).desk.owner == Self.jo)
      #expect(office.slack.notices(to: Self.maria).count == 1)
      #expect(try await office.rotation().turns(of: Self.jo) == 1)
    }
  }

  @Test(arguments: ["claim", "release", "reassign", "nurture", "outcome"])
  func `what somebody does in time ends the clock`(deed: String) async throws {
    let actions: [String: DeskCommand.Action] = [
      "claim": .claim, "release": .release(reason: nil), "reassign": .reassign(to: Self.an, reason: nil),
      "nurture": .nurture(reason: nil, revisitAt: nil), "outcome": .logOutcome(Outcome(result: .lost)),
    ]
    let action = try #require(actions[deed])
    try await dealt { office, pipeline, id in
      try await office.pass(minutes: 9, pipeline, id)
      try await office.command(action, by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
      let lines = office.slack.lines.count
      try await office.pass(minutes: 9, pipeline, id)
      #expect(office.slack.lines.count == lines)
      #expect(office.slack.notices.isEmpty)
      #expect(try await office.lead(id).desk.passedBy == nil)
    }
  }

  @Test func `the first touch is asked for after four hours, and the manager told a quarter of an hour later`()
    async throws
  {
    try await dealt { office, pipeline, id in
      try await office.command(.claim, by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
      try await office.pass(minutes: 239, pipeline, id)
      #expect(office.slack.reminders.isEmpty)
      try await office.pass(minutes: 1, pipeline, id)
      #expect(office.slack.reminders.map(\.clock?.kind) == [.firstTouch])
      #expect(office.slack.notices.isEmpty)
      try await office.pass(minutes: 15, pipeline, id)
      #expect(office.slack.notices(to: Self.maria).count == 1)
      try await office.pass(minutes: 600, pipeline, id)
      #expect(office.slack.reminders.count == 1)
      #expect(office.slack.notices.count == 1)
      #expect(try await office.lead(id).desk.owner == Self.jo)
    }
  }

  @Test func `who has reached out is not asked for it`() async throws {
    try await dealt { office, pipeline, id in
      try await office.command(.claim, by: .user(Self.jo), on: id, waking: pipeline)
      try await office.command(.reachedOut, by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
      try await office.pass(minutes: 600, pipeline, id)
      #expect(office.slack.reminders.isEmpty)
      #expect(office.slack.notices.isEmpty)
    }
  }

  @Test func `its owner gets half an hour more, once, and nobody else does`() async throws {
    try await dealt { office, pipeline, id in
      try await office.pass(minutes: 12, pipeline, id)
      try await office.command(.snooze, by: .user(Self.an), on: id, waking: pipeline)
      try await office.command(.snooze, by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
      try await office.pass(minutes: 29, pipeline, id)
      try await office.command(.snooze, by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
      #expect(try await office.lead(id).desk.owner == Self.jo)
      #expect(try await office.actions(id).filter { $0 == "snoozed" }.count == 1)
      #expect(office.slack.answers.map(\.user).sorted() == [Self.an, Self.jo, Self.jo].map(FakeSlack.user))
      try await office.pass(minutes: 1, pipeline, id)
      #expect(try await office.lead(id).desk.owner == Self.an)
    }
  }

  @Test func `a lead that the channel claims is asked for in its thread, then the manager is told`() async throws {
    try await dealt(.punctual(assignment: .none)) { office, pipeline, id in
      try await office.pass(minutes: 10, pipeline, id)
      #expect(office.slack.reminders.map(\.mention) == [nil])
      try await office.pass(minutes: 5, pipeline, id)
      try await office.pass(minutes: 60, pipeline, id)
      #expect(office.slack.reminders.count == 1)
      #expect(office.slack.notices(to: Self.maria).count == 1)
      #expect(try await office.roster().isEmpty)
    }
  }

  @Test func `an account's owner keeps what they let pass, and the manager is told after a working day`() async throws {
    let office = try await Office(.punctual(hours: .berlin))
    office.crm.knows(CRMFacts(accountOwner: Self.jo))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.pass(minutes: 60, pipeline, id)
      #expect(office.slack.notices.isEmpty)
      try await office.pass(minutes: 23 * 60, pipeline, id)
      #expect(office.slack.notices(to: Self.maria).count == 1)
      #expect(try await office.lead(id).desk.owner == Self.jo)
      #expect(try await office.roster().isEmpty)
    }
  }

  @Test func `nobody is reminded of a bulk lead, in shadow mode, or with the promises off`() async throws {
    let bulk = try await Office(.punctual())
    let heap = try await bulk.submit(bulk: true)
    try await bulk.open { pipeline in
      try await bulk.settled(heap)
      try await bulk.pass(minutes: 600, pipeline, heap)
    }
    #expect(bulk.slack.isSilent)
    let shadow = try await Office(.punctual())
    let seen = try await shadow.submit()
    try await shadow.open(mode: .shadow) { pipeline in
      try await shadow.state(seen, is: .delivered)
      try await shadow.pass(minutes: 600, pipeline, seen)
    }
    #expect(shadow.slack.isSilent)
    try await dealt(.office()) { office, pipeline, id in
      try await office.pass(minutes: 600, pipeline, id)
      #expect(office.slack.lines.isEmpty)
    }
  }

  @Test func `without a manager an admin is told`() async throws {
    var policy = Policy.punctual(weights: [("jo@n.example", 1)])
    policy.routing.teams[0].manager = nil
    try await dealt(policy) { office, pipeline, id in
      try await office.pass(minutes: 15, pipeline, id)
      #expect(office.slack.notices(to: "root@n.example").count == 1)
    }
  }

  /// As many as come due together when a shift begins, and more than are read of a partition at once.
  @Test func `however many promises come due in one moment, none waits for the next`() async throws {
    let office = try await Office(.punctual())
    var ids: [LeadID] = []
    let neighbours = (0...).lazy.map { "person\($0)@company\($0).example" }
      .filter { Partition(of: $0) == office.partitions[0] }
    for email in neighbours.prefix(150) { ids.append(try await office.submit(email)) }
    try await office.open { pipeline in
      try await eventually("all have their card") {
        try await office.all(ids) { $0.desk.clock?.kind == .accept }
      }
      office.pass(600, waking: pipeline)
      try await eventually("all are reminded") { try await office.all(ids) { $0.desk.clock?.remindedAt != nil } }
      office.pass(300, waking: pipeline)
      try await eventually("all are passed on") { try await office.all(ids) { $0.desk.passedBy?.count == 1 } }
    }
  }

  @Test func `a reminder that Slack did not take is not sent once the lead is claimed`() async throws {
    try await dealt { office, pipeline, id in
      office.slack.faults.set("remind", .fails(.down))
      office.clock.advance(by: 600)
      for partition in office.partitions { pipeline.look(through: partition) }
      try await office.putOff(id, times: 1)
      try await office.command(.claim, by: .user(Self.jo), on: id, waking: pipeline)
      try await office.state(id, is: .claimed)
      office.slack.faults.set("remind", nil)
      try await office.pass(minutes: 10, pipeline, id)
      #expect(office.slack.reminders.isEmpty)
    }
  }
}
