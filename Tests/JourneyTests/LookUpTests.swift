import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct LookUpTests {
  @Test func `lead with an address or a domain tells the one who asked, alone, who has it`() async throws {
    try await Desk.open { desk in
      let lead = FormLead.berlin("rosa")
      try await desk.submit(lead)
      let card = try await desk.card(in: "#leads-dach", about: "Rosa Winter")
      try await card.press("Claim", as: "anna")
      try await card.expect("Claimed by @anna")
      try await card.reply(containing: "Claimed by Anna Lindner")
      for question in [lead.email, "spreewerk.example"] {
        let outcome = await desk.sandbox.people.command(
          "/lead", question, channel: try desk.channel("#leads-general"), user: try desk.user("wei"))
        #expect(outcome.complaint == nil, "\(question)")
        let answer = try await desk.privateWord(to: "wei", containing: "Rosa Winter")
        #expect(answer.contains("owner Anna Lindner"), "\(question): \(answer)")
      }
    }
  }

  @Test func `lead with somebody unknown finds nothing and names the next step`() async throws {
    try await Desk.open { desk in
      let outcome = await desk.sandbox.people.command(
        "/lead", "nobody@nowhere.example", channel: try desk.channel("#leads"), user: try desk.user("wei"))
      #expect(outcome.complaint == nil)
      _ = try await desk.privateWord(to: "wei", containing: "/lead help")
    }
  }
}
