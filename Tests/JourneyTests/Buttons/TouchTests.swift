import Foundation
import Sandbox
import TestSupport
import Testing

/// People who write again, and several people of one company.
@Suite(.timeLimit(.minutes(10)))
struct TouchTests {
  @Test func `the same person again on an open lead is a reply to its owner, not a second card`() async throws {
    try await Desk.open(.onShift) { desk in
      var form = FormLead.alone("zora")
      form.json["title"] = .null
      let dealt = try await desk.claimed("zora", form: form)
      let before = try await desk.lead(dealt.id)["score"]
      var again = dealt.form
      again.json["message"] = "Please send a quote <!channel>"
      again.json["source"] = "pricing"
      let answer = try await desk.submit(again)
      #expect(answer.http == 202 && answer.lead != dealt.id)
      let line = try await dealt.card.reply(containing: "They wrote again through pricing")
      let reply = desk.words(line)
      #expect(reply.contains(dealt.card.mention(dealt.owner)))
      #expect(!line.encoded.contains("<!channel>") && reply.contains("Please send a quote"))
      try await dealt.card.expect("Please send a quote")
      try await dealt.card.expect("Writes about buying")
      #expect(dealt.card.words.contains("Claimed by"))
      let one = try await desk.lead(dealt.id)
      let other = try await desk.lead(answer.lead)
      #expect(one["merged"].items.compactMap(\.text) == [answer.lead])
      #expect(one == other, "both ids answer the same lead")
      #expect(one["score"] != before)
      #expect(desk.cards(of: dealt.id).count == 1 && desk.cards(of: answer.lead).isEmpty)
      try await dealt.note(containing: "wrote again")
      #expect(desk.contacts(dealt.form.email).count == 1)
    }
  }

  @Test func `the same person on a nurtured lead is decided anew, with one live card`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("anton")
      try await Deed.nurture.perform(on: dealt, as: dealt.owner)
      try await dealt.card.reply(containing: "Sent to nurture")
      let answer = try await desk.submit(dealt.form)
      let card = try await desk.card(in: "#leads-dach", about: "Anton Winter")
      #expect(card.ts != dealt.card.ts)
      try await card.expectButtons("Claim", "Reassign", "Nurture", "Log outcome", "Why?")
      try await dealt.card.expect("moved")
      #expect(dealt.card.buttons.isEmpty)
      let lead = try await dealt.state("delivered")
      #expect(lead["merged"].items.compactMap(\.text) == [answer.lead])
      #expect(lead["lead_id"].text == dealt.id)
      try await dealt.crm(owner: Desk.handle(lead["owner"]), status: "NEW")
    }
  }

  @Test func `the same person on a disqualified lead goes to review`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.doubtful("berta")
      try await Deed.disqualify.perform(on: dealt, as: "wei")
      try await dealt.card.reply(containing: "Disqualified")
      // Now it would qualify by its points.
      _ = try await desk.submit(.alone("berta"))
      let card = try await desk.card(in: "#leads-dach", about: "Berta Winter")
      try await card.expectButtons("Qualify", "Nurture", "Disqualify", "Why?")
      try await card.expect("isqualified before")
      try await dealt.card.expect("moved")
      try await dealt.state("in_review")
    }
  }

  @Test(arguments: ["Won", "Lost"])
  func `after the end the same person is a new lead, for the one who had them`(result: String) async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("clemens")
      try await dealt.card.press("Log outcome", as: dealt.owner)
      let window = try await desk.window(of: dealt.owner)
      #expect(
        try await window.submit(Entry.all(Entry.result(try window.option("result", containing: result)))).errors.isEmpty
      )
      try await dealt.card.reply(containing: result)
      // By turns it would be the other's.
      let answer = try await desk.submit(dealt.form)
      let card = try await desk.card(in: "#leads-dach", about: "Clemens Winter")
      #expect(card.ts != dealt.card.ts && answer.lead != dealt.id)
      let lead = try await desk.lead(answer.lead, "delivered") { $0["state"].text == "delivered" }
      #expect(Desk.handle(lead["owner"]) == dealt.owner)
      #expect(lead["merged"].items.isEmpty)
      #expect(dealt.card.words.contains(result), "the old card stays as it was")
    }
  }

  @Test func `five people of one company at once have one owner and five cards`() async throws {
    try await Desk.open(.onShift) { desk in
      let names = ["dirk", "elsa", "falk", "gesa", "heino"]
      let ids = try await withThrowingTaskGroup(of: String.self) { group in
        for name in names { group.addTask { try await desk.submit(.berlin(name)).lead } }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      for name in names { _ = try await desk.card(in: "#leads-dach", about: "\(name.capitalized) Winter") }
      var owners: [String] = []
      for id in ids {
        owners.append(Desk.handle(try await desk.lead(id, "delivered") { $0["state"].text == "delivered" }["owner"]))
      }
      #expect(Set(owners).count == 1 && owners.count == 5, "\(owners)")
      for id in ids { #expect(desk.cards(of: id).count == 1) }
    }
  }
}
