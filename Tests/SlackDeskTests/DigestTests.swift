import Foundation
import RevOps
import SlackAPI
import Testing
import VendorAPI

@testable import SlackDesk

@Suite struct DigestTests {
  /// Tuesday 2026-11-17, 08:31 in Berlin: 10:00 UTC less what lies between.
  private static let morning = Samples.now.addingTimeInterval(-(2 * 3_600 + 29 * 60))

  private static let policy: Policy = {
    var policy = Samples.policy
    policy.playbook.digest = Playbook.Digest(at: 8 * 60 + 30, days: [.mon, .tue, .wed, .thu, .fri])
    policy.routing.teams[0].hours = WorkingHours(
      timezone: "Europe/Berlin", days: [.mon, .tue, .wed, .thu, .fri], from: 9 * 60, to: 18 * 60,
      holidays: ["2026-11-18"])
    return policy
  }()

  /// A desk, and one who sends its digests; more of them are other instances.
  private struct Morning {
    let clock = HandClock()
    let slack = FakeSlack()
    let store: FakeStore
    let policy: Policy

    init(_ leads: [Lead], policy: Policy = DigestTests.policy, at start: Date = DigestTests.morning) {
      store = FakeStore(leads)
      self.policy = policy
      clock.advance(start.timeIntervalSince(Samples.now))
    }

    func instance() -> DigestSender {
      let policy = policy
      let clock = clock
      let directory = SlackDirectory(client: slack.client, policy: { policy }, now: { clock.now })
      return DigestSender(
        DeskPorts(
          client: slack.client, directory: directory, leads: store, documents: store, policy: { policy },
          now: { clock.now }, report: { _ in }))
    }

    var posts: [SlackJSON] {
      slack.requests.filter { $0.operation == "chat.postMessage" }
        .compactMap { try? SlackJSON(parsing: $0.body ?? Data()) }
    }

    func words(_ part: String) -> [String] {
      posts.map { WireTexts($0).all }.filter { $0.contains(part) }
    }
  }

  @Test func `in the morning each rep hears of their leads, and the team of what waits`() async throws {
    let morning = Morning([Samples.other(1, state: .claimed), Samples.other(2, company: "Globex", owner: nil)])
    await morning.instance().sendDue()
    #expect(morning.words("Good morning: your leads").count == 1)
    #expect(morning.words("Good morning: emea").first?.contains("of Globex") == true)
    #expect(morning.posts.count == 2, "Anna has none")
  }

  @Test func `it comes once, from however many instances, and after a restart`() async throws {
    let morning = Morning([Samples.other(1, state: .claimed)])
    let first = morning.instance()
    await withTaskGroup(of: Void.self) { group in
      for instance in [first] + (1...15).map({ _ in morning.instance() }) { group.addTask { await instance.sendDue() } }
    }
    await first.sendDue()
    await morning.instance().sendDue()
    #expect(morning.posts.count == 1)
    morning.clock.advance(2 * 86_400)
    await first.sendDue()
    #expect(morning.posts.count == 2)
  }

  /// Hours from then.
  private static let otherTimes: [(Int, String)] = [
    (-1, "before its time"), (-7, "at night"), (4, "in the afternoon"), (96, "on a Saturday"), (24, "on a holiday"),
  ]

  @Test(arguments: otherTimes)
  func `at other times nothing comes`(_ hours: Int, _ when: String) async throws {
    let morning = Morning([Samples.other(1)], at: Self.morning.addingTimeInterval(TimeInterval(hours * 3_600)))
    await morning.instance().sendDue()
    #expect(morning.posts.isEmpty, "\(when)")
  }

  @Test func `nobody hears that there is nothing, and nothing comes to those who are away`() async throws {
    let empty = Morning([])
    await empty.instance().sendDue()
    #expect(empty.posts.isEmpty)
    let away = Morning([Samples.other(1)])
    let entry = RosterChange(at: Samples.now, by: "x", member: Samples.jonas, action: "away")
    try await Roster.change(entry, in: away.store) { $0.isAway = true }
    await away.instance().sendDue()
    #expect(away.posts.isEmpty)
  }

  @Test func `with the digest off nothing is looked at`() async throws {
    let off = Morning([Samples.other(1)], policy: Samples.policy)
    await off.instance().sendDue()
    #expect(off.slack.operations.isEmpty)
  }

  @Test func `bulk leads since the last digest and leads that nobody touched for long have their place`() async throws {
    var bulk = Samples.other(60 * 20, company: "Initech")
    bulk.intake.bulk = true
    bulk.desk.card = nil
    var old = Samples.other(60 * 24 * 20, company: "Hooli", state: .worked)
    old.desk.touchedAt = old.intake.receivedAt
    var older = bulk
    older.intake.receivedAt = Samples.now.addingTimeInterval(-9 * 86_400)
    let morning = Morning([bulk, old])
    await morning.instance().sendDue()
    let rep = try #require(morning.words("your leads").first)
    #expect(rep.contains("*Came in bulk, without a card (1)*") && rep.contains("of Initech"))
    #expect(rep.contains("*Not touched for 7 days (1)*") && rep.contains("of Hooli"))
    #expect(morning.words("Good morning: emea").first?.contains("of Initech") == true)
    let past = Morning([older])
    await past.instance().sendDue()
    #expect(past.posts.isEmpty, "yesterday's digest told of it")
  }

  @Test func `a post of unknown outcome is looked for before it is sent again`() async throws {
    let morning = Morning([Samples.other(1, state: .claimed)])
    let sender = morning.instance()
    morning.slack.change("chat.postMessage") { _ in "down" }
    await sender.sendDue()
    let sent = try #require(morning.posts.first)
    morning.slack.change("conversations.history") { _ in
      #"{"ok":true,"messages":[{"ts":"1.2","text":"x","metadata":\#(sent["metadata"].serialized)}]}"#
    }
    morning.clock.advance(60)
    await sender.sendDue()
    #expect(morning.posts.count == 1, "not so soon")
    morning.clock.advance(90)
    await sender.sendDue()
    #expect(morning.posts.count == 1 && morning.slack.operations.contains("conversations.history"))
    morning.clock.advance(600)
    await sender.sendDue()
    #expect(morning.posts.count == 1, "done")
  }

  @Test func `the longest digest of the most hostile leads is within Slack's limits`() {
    let nasty = String(repeating: "<!channel>*_`&\u{202E}é👩‍👩‍👧 ", count: 400)
    let leads = (1...60).map { Samples.other($0, name: nasty, company: nasty) }
    let look = LeadLook(
      people: Samples.people, workspace: "https://n.slack.com/", policy: Samples.policy, now: Samples.now)
    let message = DigestMessage(title: nasty, open: leads, waiting: leads, bulk: leads, look: look).message(key: "k")
    #expect(message?.violations().isEmpty == true)
    let names = message?.texts.tokens.filter {
      if case .special(let word, _) = $0 { !word.hasPrefix("date^") } else { false }
    }
    #expect(names?.isEmpty == true, "no mention of everybody")
  }

  @Test func `a team's digest sends nobody to their own list for the rest`() async throws {
    let heap = (31...50).map { number in
      var lead = Samples.other(number)
      lead.intake.bulk = true
      return lead
    }
    let morning = Morning((1...30).map { Samples.other($0, owner: nil) } + heap)
    await morning.instance().sendDue()
    let words = try #require(morning.words("Good morning: emea").first)
    #expect(words.contains("and 20 more: `/lead queue`") && !words.contains("/lead mine"))
    #expect(words.contains("and 8 more"))
  }

  /// The clocks go forward on the night to Sunday 2026-03-29 and back on that to 2026-10-25.
  private static let changes: [(String, String, String)] = [
    ("2026-03-30T06:31:00Z", "Europe/Berlin", "2026-03-27T07:30:00Z"),
    ("2026-10-26T07:31:00Z", "Europe/Berlin", "2026-10-23T06:30:00Z"),
    ("2026-03-30T03:01:00Z", "Asia/Kolkata", "2026-03-27T03:00:00Z"),
    ("2026-10-04T22:01:00Z", "Australia/Adelaide", "2026-10-01T23:00:00Z"),
    ("2026-03-29T19:31:00Z", "Pacific/Auckland", "2026-03-26T19:30:00Z"),
  ]

  @Test(arguments: changes)
  func `half past eight is that of the reader's wall, also where it is changed`(
    _ now: String, _ zone: String, _ previous: String
  ) throws {
    let reader = DigestReader(kind: .rep("x"), zone: try #require(TimeZone(identifier: zone)))
    let digest = try #require(Self.policy.playbook.digest)
    let moment = try Date(now, strategy: .iso8601)
    #expect(reader.day(at: moment, digest) != nil)
    #expect(reader.day(at: moment.addingTimeInterval(-120), digest) == nil, "not yet")
    #expect(reader.previous(before: moment, digest) == (try Date(previous, strategy: .iso8601)))
  }

  /// A digest at an hour that a day has twice, or not at all, is one of that day.
  @Test func `a digest in the hour that the clock skips or shows twice has one day`() throws {
    let reader = DigestReader(kind: .rep("x"), zone: try #require(TimeZone(identifier: "Europe/Berlin")))
    let digest = Playbook.Digest(at: 2 * 60 + 30, days: [.sun])
    for start in ["2026-03-28T23:00:00Z", "2026-10-24T22:00:00Z"] {
      let midnight = try Date(start, strategy: .iso8601)
      let days = (0..<26 * 4).compactMap { reader.day(at: midnight.addingTimeInterval(Double($0) * 900), digest) }
      #expect(Set(days).count == 1 && days.count >= 8, "\(start)")
    }
  }

  @Test func `a week's first digest reaches back over the weekend`() throws {
    let reader = DigestReader(kind: .rep("x"), zone: TimeZone(identifier: "Europe/Berlin") ?? .gmt)
    let digest = try #require(Self.policy.playbook.digest)
    // Monday 2026-11-23, 08:31.
    let monday = Self.morning.addingTimeInterval(6 * 86_400)
    #expect(reader.day(at: monday, digest) == "2026-11-23")
    #expect(
      reader.previous(before: monday, digest) == Self.morning.addingTimeInterval(3 * 86_400 - 60), "Friday, 08:30")
  }
}
