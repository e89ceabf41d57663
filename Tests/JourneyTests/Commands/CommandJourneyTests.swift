import Foundation
import Sandbox
import TestSupport
import Testing
import VendorAPI

extension Desk {
  /// Types the command and waits for the private answer.
  @discardableResult
  func ask(_ text: String, as handle: String, in channel: String = "#leads-general", says words: String) async throws
    -> String
  {
    let outcome = await sandbox.people.command(
      "/lead", text, channel: try self.channel(channel), user: try user(handle))
    #expect(outcome.complaint == nil, "/lead \(text)")
    #expect(outcome.answer.milliseconds < 1_000, "/lead \(text) took \(outcome.answer.milliseconds) ms")
    return try await privateWord(to: handle, containing: words)
  }

  /// The newest message to somebody alone, as it stands.
  func lastPrivate(_ handle: String) throws -> JSON { sandbox.world.ephemerals(try user(handle)).last ?? .null }

  /// Presses a button of the newest message to somebody alone.
  func pressPrivate(_ label: String, as handle: String) async throws -> SlackPeople.Outcome {
    let message = try lastPrivate(handle)
    let elements = message["blocks"].items.flatMap { $0["elements"].items + [$0["accessory"]] }
    let button = elements.first { ($0["text"]["text"].text ?? "").hasPrefix(label) }
    return try await sandbox.people.press(
      button?["action_id"].text ?? "no \(label)",
      in: .ephemeral(ts: message["ts"].text ?? "", channel: message["channel"].text ?? ""), user: try user(handle))
  }
}

@Suite(.timeLimit(.minutes(10)))
struct CommandJourneyTests {
  @Test func `a misspelt name finds the lead, and its answer's button claims it`() async throws {
    try await Desk.open(.onShift) { desk in
      try await desk.submit(.berlin("rosalinde"))
      let card = try await desk.card(in: "#leads-dach", about: "Rosalinde Winter")
      let answer = try await desk.ask("winter rosalinda", as: "lena", says: "Rosalinde Winter of Spreewerk")
      #expect(answer.contains("Last touches") && answer.contains("waiting to be claimed"), "\(answer)")
      #expect(try await desk.pressPrivate("Claim", as: "lena").complaint == nil)
      try await card.expect("Claimed by")
      try await card.reply(containing: "Claimed by Lena Vogt")
    }
  }

  @Test func `a lead brought in by command gets its card like a form's`() async throws {
    try await Desk.open(.onShift) { desk in
      let outcome = await desk.sandbox.people.command(
        "/lead", "new ida@havelwerk.example Ida Sommer, Havelwerk", channel: try desk.channel("#random"),
        user: try desk.user("wei"))
      #expect(outcome.complaint == nil)
      let window = try await desk.window(of: "wei", saying: "E-mail address")
      let blocks = window.json["blocks"].items
      #expect(blocks.first?["element"]["initial_value"].text == "ida@havelwerk.example")
      let values = NewLead.values(
        blocks, adding: ["new_title": "Head of Sales", "new_country": "Germany", "new_employees": "120"])
      let sent = try await window.submit(values)
      #expect(sent.outcome.complaint == nil && sent.errors.isEmpty, "\(sent.errors)")
      #expect(try await desk.window(of: "wei", saying: "is with Baton").words.contains("Ida Sommer"))
      _ = try await desk.card(in: "#leads-dach", about: "Ida Sommer")
      _ = try await desk.documented("ida@havelwerk.example")
    }
  }

  @Test func `the message shortcut reads another app's post`() async throws {
    try await Desk.open(.onShift) { desk in
      let channel = try desk.channel("#leads-general")
      _ = await desk.sandbox.people.write(
        "*Email:* jan@spreebogen.example\n*Name:* Jan Herbst\n*Company:* Spreebogen\nWants a demo", channel: channel,
        user: try desk.user("wei"))
      let ts = try #require(desk.sandbox.world.messages(channel).last?["ts"].text)
      let outcome = try await desk.sandbox.people.messageShortcut(
        "lead.from_message.v1", channel: channel, ts: ts, user: try desk.user("wei"))
      #expect(outcome.complaint == nil)
      let window = try await desk.window(of: "wei", saying: "E-mail address")
      let initial = window.json["blocks"].items.compactMap { $0["element"]["initial_value"].text }
      #expect(initial == ["jan@spreebogen.example", "Jan Herbst", "Spreebogen", "Wants a demo"])
      let wrong = try await window.submit(NewLead.values([], adding: ["new_email": "jan at spreebogen"]))
      #expect(wrong.errors["new_email"]?.contains("one e-mail address") == true)
      try await window.close()
    }
  }

  @Test func `who is away gets no lead, whoever manages them sees and undoes it`() async throws {
    try await Desk.open(.onShift) { desk in
      try await desk.ask("away until the cows come home", as: "lena", says: "Baton can't read")
      try await desk.ask("away for 2 weeks", as: "lena", says: "You are away until")
      for name in ["udo", "uta", "ulf"] {
        try await desk.submit(.berlin(name, company: "Werk\(name)"))
        try await desk.card(in: "#leads-dach", about: "\(name.capitalized) Winter").expect("Felix Auer")
      }
      try await desk.ask("back @lena", as: "wei", says: "Only")
      try await desk.ask("back @lena", as: "maria", says: "Lena Vogt is back")
      try await desk.submit(.berlin("ute", company: "Werkute"))
      try await desk.card(in: "#leads-dach", about: "Ute Winter").expect("Lena Vogt")
    }
  }

  @Test func `a limit of none sends leads to others, and survives a restart`() async throws {
    try await Desk.open(.onShift) { desk in
      try await desk.ask(
        "cap <@\(try desk.user("felix"))|felix> 0", as: "maria", says: "Felix Auer takes at most 0 open leads")
      try await desk.kill()
      try await desk.restart()
      for name in ["kai", "kim"] {
        try await desk.submit(.berlin(name, company: "Bau\(name)"))
        try await desk.card(in: "#leads-dach", about: "\(name.capitalized) Winter").expect("Lena Vogt")
      }
    }
  }

  @Test func `a raised limit gives what waited to whoever has room, at once`() async throws {
    try await Desk.open(.onShift) { desk in
      for (handle, name) in [("lena", "Lena Vogt"), ("felix", "Felix Auer")] {
        let whose = "<@\(try desk.user(handle))|\(handle)>"
        try await desk.ask("cap \(whose) 0", as: "maria", says: "\(name) takes at most 0 open leads")
      }
      try await desk.submit(.berlin("rosa"))
      let card = try await desk.card(in: "#leads-dach", about: "Rosa Winter")
      try await card.expect("Unclaimed")
      try await desk.ask("cap felix@northwind.example 3", as: "maria", says: "Felix Auer takes at most 3 open leads")
      try await card.expect("Felix Auer")
      try await card.reply(containing: "who has room for it")
    }
  }

  @Test func `pages of a long list turn in place`() async throws {
    try await Desk.open(.onShift) { desk in
      for number in 0..<12 { try await desk.submit(.berlin("person\(number)", company: "Grosswerk")) }
      for number in 0..<12 { _ = try await desk.card(in: "#leads-dach", about: "Person\(number) Winter") }
      try await desk.ask("grosswerk.example", as: "wei", says: "12 leads for")
      #expect(try await desk.pressPrivate("Next (2 more)", as: "wei").complaint == nil)
      try await eventually("the second page", within: .seconds(20)) {
        let words = try desk.words(desk.lastPrivate("wei"))
        return words.contains("Previous") && !words.contains("Next (")
      }
      #expect(desk.sandbox.world.ephemerals(try desk.user("wei")).count == 1, "it took the place of the first")
    }
  }

  @Test func `what Baton has no lead of is told from HubSpot, late where HubSpot is slow`() async throws {
    try await Desk.open(.onShift) { desk in
      desk.sandbox.world.addRecord(.companies, ["name": "Initech", "domain": "initech.example"])
      try await desk.ask("initech.example", as: "wei", says: "HubSpot knows Initech")
      desk.sandbox.world.setDelay(.seconds(3), for: .hubspot)
      try await desk.ask("initech.example", as: "anna", says: "HubSpot has not answered yet")
      _ = try await desk.privateWord(to: "anna", containing: "HubSpot knows Initech")
    }
  }

  @Test func `a mention in a thread is answered to the one who asked, and nothing is posted`() async throws {
    try await Desk.open(.onShift) { desk in
      try await desk.submit(.berlin("rolf"))
      let card = try await desk.card(in: "#leads-dach", about: "Rolf Winter")
      let answer = await desk.sandbox.people.mention(
        "spreewerk.example", channel: card.channel, user: try desk.user("felix"), thread: card.ts)
      #expect(answer.succeeded)
      let said = try await desk.privateWord(to: "felix", containing: "Rolf Winter")
      #expect(said.contains("1 lead for"))
      #expect(try desk.lastPrivate("felix")["thread_ts"].text == card.ts)
    }
  }

  @Test func `a token that was taken away shows in ready`() async throws {
    try await Desk.open { desk in
      let event: JSON = ["type": "tokens_revoked", "tokens": ["oauth": [], "bot": ["U0BATONBOT"]]]
      #expect(await desk.sandbox.people.deliver(event).succeeded)
      try await eventually("ready says so", within: .seconds(20)) {
        let slack = try await desk.send(.get, "/ready").json["dependencies"]["slack"]
        return slack["state"].text == "failing" && slack["detail"].text == "token_revoked"
      }
    }
  }

  @Test func `whoever left the workspace is assigned nothing`() async throws {
    try await Desk.open(.onShift) { desk in
      let gone: JSON = [
        "type": "user_change",
        "user": [
          "id": .string(try desk.user("lena")), "deleted": true, "profile": ["email": "lena@northwind.example"],
        ],
      ]
      #expect(await desk.sandbox.people.deliver(gone).succeeded)
      // Done after the event is answered.
      try await desk.openHome("maria")
      try await desk.home(of: "maria", says: "no longer in Slack")
      for name in ["nils", "nora"] {
        let lead = try await desk.submit(.berlin(name, company: "Werk\(name)")).lead
        _ = try await desk.card(in: "#leads-dach", about: "\(name.capitalized) Winter")
        #expect(try await desk.lead(lead)["owner"].text == "felix@northwind.example")
      }
    }
  }
}

/// What somebody enters in the form of a new lead.
enum NewLead {
  static func values(_ blocks: [JSON], adding more: [String: String]) -> JSON {
    var values: [String: JSON] = [:]
    for block in blocks {
      guard let id = block["block_id"].text, let text = block["element"]["initial_value"].text else { continue }
      values[id] = entry(id, text)
    }
    for (id, text) in more { values[id] = entry(id, text) }
    return .object(values)
  }

  private static func entry(_ block: String, _ text: String) -> JSON {
    [String(block.dropFirst("new_".count)): ["type": "plain_text_input", "value": .string(text)]]
  }
}
