import Foundation
import Sandbox
import TestSupport
import Testing

extension Desk {
  /// Waits until somebody's Home tab says so.
  @discardableResult
  func home(of handle: String, says text: String, within limit: Duration = .seconds(40)) async throws -> String {
    let user = try user(handle)
    let said = { self.sandbox.world.home(user).map(self.words) ?? "" }
    do {
      try await eventually(text, within: limit) { said().contains(text) }
    } catch is NotInTime {
      throw NotSeen(what: "on \(handle)'s Home: \(text)", words: said())
    }
    return said()
  }

  func openHome(_ handle: String) async throws {
    #expect(await sandbox.people.openHome(user: try user(handle)).succeeded)
  }
}

@Suite(.timeLimit(.minutes(10)))
struct HomeJourneyTests {
  @Test func `Home follows the leads without being opened again`() async throws {
    try await Desk.open(.onShift) { desk in
      try await desk.openHome("lena")
      try await desk.home(of: "lena", says: "None: nothing waits for you.")
      try await desk.ask("away", as: "felix", says: "You are away")
      try await desk.submit(.berlin("rosa"))
      let card = try await desk.card(in: "#leads-dach", about: "Rosa Winter")
      let words = try await desk.home(of: "lena", says: "Rosa Winter of Spreewerk")
      #expect(words.contains("Your open leads (1)") && words.contains("1 open lead"), "\(words)")
      try await card.press("Claim", as: "lena")
      try await card.reply(containing: "Claimed by Lena Vogt")
      try await desk.home(of: "lena", says: "first touch due by")
      #expect(desk.sandbox.world.home(try desk.user("felix")) == nil, "who never opened it gets none")
    }
  }

  @Test func `its buttons change availability, and the manager's Home shows it`() async throws {
    try await Desk.open(.onShift) { desk in
      try await desk.openHome("lena")
      try await desk.openHome("maria")
      try await desk.home(of: "lena", says: "Available")
      try await desk.home(of: "maria", says: "Lena Vogt")
      let lena = try desk.user("lena")
      #expect(try await desk.sandbox.people.press("rep.away.v1", in: .home, user: lena).complaint == nil)
      let window = try await desk.window(of: "lena", saying: "Until")
      let typed: JSON = ["value": ["value": ["type": "plain_text_input", "value": "for 3 days"]]]
      let sent = try await window.submit(typed)
      #expect(sent.errors.isEmpty && sent.outcome.complaint == nil)
      try await desk.home(of: "lena", says: "Away until")
      try await desk.home(of: "maria", says: "Away until")
      #expect(try await desk.sandbox.people.press("rep.back.v1", in: .home, user: lena).complaint == nil)
      try await desk.home(of: "lena", says: "Available")
    }
  }

  @Test func `a lead is found from Home while HubSpot hangs, and its window opens in time`() async throws {
    try await Desk.open(.onShift) { desk in
      try await desk.submit(.berlin("rosa"))
      _ = try await desk.card(in: "#leads-dach", about: "Rosa Winter")
      _ = try await desk.documented("rosa@spreewerk.example")
      desk.sandbox.world.setFault(.hang, for: .hubspot)
      try await desk.openHome("felix")
      try await desk.home(of: "felix", says: "Find a lead")
      let felix = try desk.user("felix")
      let options = try await desk.sandbox.people.suggestions("leads.find.v1", text: "rosa", in: .home, user: felix)
      let option = try #require(options.first)
      let clicked = ContinuousClock.now
      let outcome = try await desk.sandbox.people.press(
        "leads.find.v1", in: .home, user: felix, choice: ["selected_option": option])
      #expect(outcome.complaint == nil)
      _ = try await desk.window(of: "felix", saying: "Rosa Winter")
      #expect(ContinuousClock.now - clicked < .seconds(3))
    }
  }

  @Test func `Homes come through an outage of Slack and a restart`() async throws {
    try await Desk.open(.onShift) { desk in
      try await desk.openHome("lena")
      try await desk.home(of: "lena", says: "Your desk")
      try await desk.kill()
      try await desk.restart()
      try await desk.ask("away", as: "felix", says: "You are away")
      try await desk.submit(.berlin("rosa"))
      _ = try await desk.card(in: "#leads-dach", about: "Rosa Winter")
      try await desk.home(of: "lena", says: "Rosa Winter")
    }
  }
}
