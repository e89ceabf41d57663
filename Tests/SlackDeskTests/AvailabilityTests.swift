import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct AvailabilityTests {
  /// Tuesday 2026-11-17, 11:00 in Berlin.
  private static let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt
  private static let reader = AwayUntil(now: Samples.now, zone: berlin)

  private static func moment(_ text: String) -> AwayUntil.Answer {
    let style = Date.ISO8601FormatStyle(timeZone: berlin).year().month().day().time(includingFractionalSeconds: false)
    return (try? AwayUntil.Answer.moment(style.parse(text))) ?? .unreadable
  }

  @Test(
    arguments: [
      ("until friday", "2026-11-20T09:00:00"), ("Fri 14:30", "2026-11-20T14:30:00"), ("tuesday", "2026-11-24T09:00:00"),
      ("tuesday 17:00", "2026-11-17T17:00:00"), ("tomorrow", "2026-11-18T09:00:00"),
      ("tomorrow at 1pm", "2026-11-18T13:00:00"), ("today 5 pm", "2026-11-17T17:00:00"),
      ("14:00", "2026-11-17T14:00:00"),
      ("10:00", "2026-11-18T10:00:00"), ("noon", "2026-11-17T12:00:00"), ("next week", "2026-11-23T09:00:00"),
      ("2026-12-24", "2026-12-24T09:00:00"), ("24.12.", "2026-12-24T09:00:00"),
      ("24.12.2026 13:00", "2026-12-24T13:00:00"),
      ("24 Dec", "2026-12-24T09:00:00"), ("Jan 4th", "2027-01-04T09:00:00"), ("for 3 days", "2026-11-20T09:00:00"),
      ("2h", "2026-11-17T13:00:00"), ("in 30 minutes", "2026-11-17T11:30:00"), ("for a week", "2026-11-24T09:00:00"),
      ("until Monday, 9 am", "2026-11-23T09:00:00"), ("until Friday 3pm", "2026-11-20T15:00:00"),
      ("3pm friday", "2026-11-20T15:00:00"), ("today", "2026-11-18T09:00:00"), ("midnight", "2026-11-18T00:00:00"),
      ("friday midnight", "2026-11-21T00:00:00"), ("31 Dec midnight", "2027-01-01T00:00:00"),
      ("12/24", "2026-12-24T09:00:00"), ("24/12/2026", "2026-12-24T09:00:00"), ("12/12", "2026-12-12T09:00:00"),
    ])
  func `a time is read as people write it`(_ typed: String, _ meant: String) {
    #expect(Self.reader.read(typed) == Self.moment(meant), "\(typed)")
  }

  @Test func `no time means until they are back, and nonsense is refused`() {
    #expect(Self.reader.read("") == .open)
    #expect(Self.reader.read("until") == .open)
    for text in ["soon", "32.12.", "25:00", "friday friday", "friday maybe", "13pm", "03/04", "13/13", "yester"] {
      #expect(Self.reader.read(text) == .unreadable, "\(text)")
    }
    for text in ["2020-01-01", "today 9:00", "2031-01-01", "yesterday", "until yesterday 5pm"] {
      #expect(Self.reader.read(text) == .impossible, "\(text)")
    }
  }

  private func status(_ desk: TestDesk, _ email: String = Samples.jonas) async throws -> RepStatus {
    try await Roster.read(from: desk.store)[email] ?? RepStatus()
  }

  private func log(_ desk: TestDesk) async throws -> [RosterChange] {
    try await desk.store.read([RosterChange].self, Roster.logKey) ?? []
  }

  @Test func `away and back are stored before they are answered, with who said so`() async throws {
    let desk = TestDesk()
    let away = try await desk.command("away until friday")
    #expect(away.contains("You are away until") && away.contains("new leads go to others"))
    #expect(try await status(desk).isAway(at: Samples.now.addingTimeInterval(86_400)))
    #expect(try await !status(desk).isAway(at: Samples.now.addingTimeInterval(4 * 86_400)))
    #expect(try await desk.command("back").contains("You are back"))
    #expect(try await !status(desk).isAway(at: Samples.now))
    #expect(try await log(desk).map(\.action) == ["away", "back"])
    #expect(try await log(desk).allSatisfy { $0.by == Samples.jonas && $0.member == Samples.jonas })
  }

  @Test func `a manager sets a member's limit and nobody else does`() async throws {
    let desk = TestDesk()
    #expect(
      try await desk.command("cap <@U1JONAS|jonas> 10", user: "U6MARIA").contains(
        "Jonas Weber takes at most 10 open leads"))
    #expect(try await status(desk).capacityOverride == 10)
    let refusal = try await desk.command("cap <@U1JONAS|jonas> 1", user: "U2ANNA")
    #expect(refusal.contains("Only") && refusal.contains("their manager") && refusal.contains("admins can do that"))
    #expect(try await status(desk).capacityOverride == 10)
    #expect(
      try await desk.command("cap @jonas off", user: "U6MARIA").contains("any number of open leads, as configured"))
    #expect(try await status(desk).capacityOverride == nil)
    #expect(try await log(desk).map(\.by) == ["maria@northwind.example", "maria@northwind.example"])
  }

  @Test func `a mentioned person's name may be of several words`() async throws {
    let desk = TestDesk()
    let answer = try await desk.command("cap <@U1JONAS|Jonas von der Weber> 10", user: "U6MARIA")
    #expect(answer.contains("Jonas Weber takes at most 10 open leads"))
    #expect(try await desk.command("away <@U1JONAS> until friday", user: "U6MARIA").contains("is away until"))
    #expect(try await desk.command("back <@U1JONAS|Jonas Weber>", user: "U6MARIA").contains("Jonas Weber is back"))
  }

  /// Three leads of the team, the third the oldest, that nobody had room for, and others that wait for nobody of theirs.
  private static let crowd: [Lead] = {
    var elsewhere = Samples.other(9, owner: nil)
    elsewhere.desk.team = "apac"
    return (1...3).map { Samples.other($0, owner: nil) } + [
      elsewhere, Samples.other(8), Samples.lead(.inReview, owner: nil),
    ]
  }()

  private func offered(_ desk: TestDesk) -> [LeadID] {
    desk.store.deliveries.filter { delivery in
      if case .command(let command) = delivery.message.body {
        command.action == .handOver && command.actor == .system
      } else {
        false
      }
    }.map(\.message.leadID)
  }

  @Test func `who has room again is offered what waits at once, the oldest first, as many as fit`() async throws {
    let crowd = Self.crowd
    let raised = TestDesk(crowd)
    _ = try await raised.command("cap <@U2ANNA|anna> 5", user: "U6MARIA")
    #expect(offered(raised) == [crowd[2].id, crowd[1].id])
    #expect(raised.woken.partitions == [crowd[2].id.partition, crowd[1].id.partition])
    let back = TestDesk(crowd)
    _ = try await back.command("back")
    #expect(offered(back) == [crowd[2].id, crowd[1].id, crowd[0].id])
    let full = TestDesk(crowd)
    _ = try await full.command("back", user: "U2ANNA")
    #expect(offered(full).isEmpty)
    let returned = TestDesk(crowd)
    try await returned.event(
      #"{"type":"user_change","user":{"id":"U1JONAS","deleted":false,"profile":{"email":"jonas@northwind.example"}}}"#)
    #expect(offered(returned).count == 3)
  }

  @Test(arguments: ["cap", "cap ten", "cap -1", "cap 1001", "cap 1.5"])
  func `a limit that is no number is asked for again`(_ text: String) async throws {
    let desk = TestDesk()
    #expect(try await desk.command(text).contains("Give a number"))
    #expect(try await status(desk) == RepStatus())
  }

  @Test func `who is in no team has no availability`() async throws {
    #expect(try await TestDesk().command("away", user: "U6MARIA").contains("You are in no team"))
    #expect(try await TestDesk().command("away", user: "U3GUEST") == "Only full members of this workspace can do that.")
  }

  @Test func `two changes at once lose neither`() async throws {
    let desk = TestDesk()
    async let away = desk.command("away")
    async let cap = desk.command("cap 5")
    _ = try await (away, cap)
    let status = try await status(desk)
    #expect(status.isAway && status.capacityOverride == 5)
    #expect(try await log(desk).count == 2)
  }

  @Test func `a store that is away says that nothing was changed`() async throws {
    #expect(try await TestDesk(isDown: true).command("away").contains("can't read its store"))
  }

  @Test func `whoever leaves the workspace gets no leads, and gets them again when they return`() async throws {
    let desk = TestDesk()
    let gone =
      #"{"type":"user_change","user":{"id":"U1JONAS","deleted":true,"profile":{"email":"jonas@northwind.example"}}}"#
    try await desk.event(gone)
    #expect(try await status(desk).activeInSlack == false)
    try await desk.event(gone.replacing("true", with: "false"), id: "Ev2")
    #expect(try await status(desk).activeInSlack == true)
    #expect(try await log(desk).map(\.action) == ["inactive", "active"])
  }
}
