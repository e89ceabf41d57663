import Foundation
import RevOps
import SlackAPI
import Testing
import VendorAPI

@testable import SlackDesk

@Suite struct HomeTests {
  private static let opened = #"{"type":"app_home_opened","user":"U1JONAS","tab":"home","channel":"D1"}"#

  private func shown(_ desk: TestDesk) -> String {
    let view = desk.slack.last("views.publish")["view"]
    return WireTexts(view).all
  }

  @Test func `opening it shows my leads, the queue, my availability and the week`() async throws {
    let desk = TestDesk([Samples.other(1, state: .claimed), Samples.other(2, company: "Globex", owner: nil)])
    try await desk.event(Self.opened)
    let words = shown(desk)
    #expect(desk.slack.last("views.publish")["user_id"].string == "U1JONAS")
    #expect(words.contains("*Available*") && words.contains("Your open leads (1)") && words.contains("The queue (1)"))
    #expect(
      words.contains("Ada Lovelace of Globex") && words.contains("Go away") && words.contains("2 leads came") == false)
    #expect(words.contains("*You:* 1 lead came"))
  }

  @Test func `the messages tab and an event that comes twice publish nothing more`() async throws {
    let desk = TestDesk()
    try await desk.event(Self.opened.replacing("\"tab\":\"home\"", with: "\"tab\":\"messages\""))
    #expect(!desk.slack.operations.contains("views.publish"))
    try await desk.event(Self.opened, id: "Ev2")
    try await desk.event(Self.opened, id: "Ev2")
    #expect(desk.slack.operations.count { $0 == "views.publish" } == 1)
  }

  @Test func `a manager sees the team, and a guest that it is not for them`() async throws {
    let desk = TestDesk([Samples.other(1, owner: Samples.anna)])
    try await desk.event(Self.opened.replacing("U1JONAS", with: "U6MARIA"))
    let words = shown(desk)
    #expect(words.contains("emea") && words.contains("Anna Berg") && words.contains("of at most 3"))
    try await desk.event(Self.opened.replacing("U1JONAS", with: "U3GUEST"), id: "Ev2")
    #expect(shown(desk).contains("Only full members"))
  }

  @Test func `what changes is shown to whom it concerns a moment later, once`() async throws {
    let desk = TestDesk([Samples.other(1)])
    try await desk.event(Self.opened)
    let running = Task { await desk.home.run() }
    defer { running.cancel() }
    for number in 2...9 { await desk.home.changed(Samples.other(number)) }
    desk.store.set { $0.leads.append(Samples.other(2, company: "Globex")) }
    try await until { shown(desk).contains("Globex") }
    #expect(desk.slack.operations.count { $0 == "views.publish" } == 2)
    #expect(desk.slack.last("views.publish")["hash"].string == "h1")
  }

  @Test func `whoever left or became a guest is shown nothing more`() async throws {
    let desk = TestDesk([Samples.other(1)])
    try await desk.event(Self.opened)
    try await desk.event(Self.opened.replacing("U1JONAS", with: "U6MARIA"), id: "Ev2")
    try await desk.event(
      #"{"type":"user_change","user":{"id":"U1JONAS","is_restricted":true,"profile":{"email":"jonas@northwind.example"}}}"#,
      id: "Ev3")
    let running = Task { await desk.home.run() }
    defer { running.cancel() }
    desk.store.set { $0.leads.append(Samples.other(2, company: "Globex", owner: nil)) }
    await desk.home.changed(Samples.other(2))
    try await until { shown(desk).contains("Globex") }
    #expect(desk.slack.operations.count { $0 == "views.publish" } == 3, "the manager's alone")
    #expect(desk.slack.last("views.publish")["user_id"].string == "U6MARIA")
    #expect(try await desk.store.read([String: String].self, HomePublisher.viewersKey)?.keys.sorted() == ["U6MARIA"])
  }

  @Test func `a guest is suggested neither people nor leads`() async throws {
    let desk = TestDesk()
    for action in ["leads.find.v1", "lead.people.v1"] {
      for (user, count) in [("U1JONAS", 1), ("U3GUEST", 0), ("U4OTHER", 0), ("U9NOBODY", 0)] {
        let word = action == "leads.find.v1" ? "acme" : "anna"
        let body = try await desk.send(
          #"{"type":"block_suggestion","user":{"id":"\#(user)"},"team":{"id":"T1"},"action_id":"\#(action)","block_id":"x","value":"\#(word)"}"#
        )
        #expect(body?["options"].array.count == count, "\(action) \(user)")
      }
    }
  }

  @Test func `a newer version by another instance is drawn over without its hash`() async throws {
    let desk = TestDesk([Samples.other(1)])
    try await desk.event(Self.opened)
    desk.slack.change("views.publish") { request in
      String(decoding: request.body ?? Data(), as: UTF8.self).contains("\"hash\"")
        ? #"{"ok":false,"error":"hash_conflict"}"# : #"{"ok":true,"view":{"id":"V9","hash":"h3"}}"#
    }
    let running = Task { await desk.home.run() }
    defer { running.cancel() }
    desk.store.set { $0.leads.append(Samples.other(2, company: "Globex", owner: nil)) }
    await desk.home.changed(Samples.other(2))
    try await until { desk.slack.operations.count { $0 == "views.publish" } == 3 }
    #expect(desk.slack.last("views.publish")["hash"].isNull)
  }

  @Test func `its buttons say away and back, and a form asks until when`() async throws {
    let desk = TestDesk()
    try await desk.use("rep.away.v1", value: Samples.jonas, home: true)
    let view = desk.slack.last("views.open")["view"]
    #expect(view["callback_id"].string == "rep.away.v1" && view["private_metadata"].string == Samples.jonas)
    func submit(_ form: String, _ text: String, user: String = "U1JONAS") async throws -> SlackJSON? {
      try await desk.send(
        #"{"type":"view_submission","user":{"id":"\#(user)"},"team":{"id":"T1"},"view":{"id":"V1","callback_id":"rep.\#(form).v1","private_metadata":"jonas@northwind.example","state":{"values":{"value":{"value":{"type":"plain_text_input","value":"\#(text)"}}}}}}"#
      )
    }
    #expect(try await submit("away", "whenever")?["errors"]["value"].string?.contains("friday") == true)
    #expect(try await submit("away", "friday", user: "U2ANNA")?["errors"]["value"].string?.contains("Only") == true)
    #expect(try await submit("away", "friday") == nil)
    #expect(try await Roster.read(from: desk.store)[Samples.jonas]?.isAway == true)
    try await desk.use("rep.back.v1", value: Samples.jonas, home: true)
    #expect(try await Roster.read(from: desk.store)[Samples.jonas]?.isAway == false)
    #expect(try await submit("capacity", "7") == nil)
    #expect(try await Roster.read(from: desk.store)[Samples.jonas]?.capacityOverride == 7)
    #expect(try await submit("capacity", "lots")?["errors"]["value"].string?.contains("number") == true)
  }

  @Test func `a lead is found by typing and opens with what can be done`() async throws {
    let desk = TestDesk()
    let options = try await desk.send(
      #"{"type":"block_suggestion","user":{"id":"U1JONAS"},"team":{"id":"T1"},"action_id":"leads.find.v1","block_id":"home.find","value":"acme"}"#
    )
    #expect(options?["options"].array.first?["value"].string == Samples.id.description)
    try await desk.use("leads.find.v1", value: Samples.id.description, home: true)
    #expect(WireTexts(desk.slack.last("views.open")["view"]).all.contains("Log outcome"))
  }

  @Test func `the fullest Home with the most hostile leads is within Slack's limits`() async throws {
    let nasty = String(repeating: "<!channel>*_`&\u{202E}é👩‍👩‍👧 ", count: 400)
    let leads = (1...60).map { Samples.other($0, name: nasty, company: nasty) }
    let rep = HomeView.Rep(
      email: Samples.jonas, name: nasty, open: 60, limit: 3, status: RepStatus(isAway: true), hours: nil)
    let teams = (1...9).map { number in
      HomeView.Team(
        name: "team \(number)" + nasty,
        members: (1...30).map { member in
          HomeView.Rep(email: "m\(member)@n.example", name: nasty, open: 1, limit: nil, status: RepStatus(), hours: nil)
        }, unclaimed: 9, overdue: 9)
    }
    let look = LeadLook(
      people: Samples.people, workspace: "https://n.slack.com/", policy: Samples.policy, now: Samples.now)
    let view = HomeView(
      rep: rep, open: leads, queue: leads, week: DeskFigures(of: leads), teamWeek: DeskFigures(of: leads), teams: teams,
      look: look
    ).view
    #expect(view.violations().isEmpty, "\(view.violations().prefix(3))")
    #expect(view.blocks.count <= 100)
    let rows = LeadList(title: "x", leads: leads, listing: LeadListing(.mine), look: look).message
    #expect(rows.violations().isEmpty)
    let sheet = LeadSheet(lead: leads[0], history: [], look: look, crmURL: nil).message("x")
    #expect(sheet.violations().isEmpty)
  }
}

/// Waits for it, and fails the test where it does not come.
func until(_ limit: Duration = .seconds(30), _ condition: () -> Bool) async throws {
  let end = ContinuousClock.now + limit
  while !condition() {
    guard .now < end else { throw NotYet() }
    try await Task.sleep(for: .milliseconds(10))
  }
}

struct NotYet: Error {}
