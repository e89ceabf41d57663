import Foundation
import Sandbox
import TestSupport
import Testing

/// Each button of a lead that somebody has been given.
@Suite(.timeLimit(.minutes(10)))
struct AssignedLeadTests {
  @Test func `a new card mentions its owner, links the CRM's record and offers what can be done`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("ada")
      try await dealt.card.expectButtons("Claim", "Reassign", "Nurture", "Log outcome", "Why?")
      #expect(dealt.card.words.contains(dealt.card.mention(dealt.owner)))
      let contact = try await dealt.crm(owner: dealt.owner, status: "NEW")
      #expect(contact.properties["lifecyclestage"] == "marketingqualifiedlead")
      try await eventually("a link to the contact") { dealt.card.link?.contains(contact.id) == true }
      #expect(dealt.card.replies.isEmpty)
    }
  }

  @Test func `claiming makes the assignee the owner in card, thread, audit and CRM, by one owner write`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("bruno")
      try await dealt.crm(owner: dealt.owner, status: "NEW")
      try await dealt.card.press("Claim", as: dealt.owner)
      try await dealt.card.expect("Claimed by \(dealt.card.mention(dealt.owner))")
      try await dealt.card.expectButtons(
        "I've reached out", "Log outcome", "Reassign", "Nurture", "Release", "Why?", "Undo")
      let line = try await dealt.card.reply(containing: "Claimed by \(desk.name(dealt.owner))")
      #expect(!desk.words(line).contains("@"), "nobody is told of their own click")
      let lead = try await dealt.state("claimed")
      #expect(lead["claimed_at"].text != nil)
      let contact = try await dealt.crm(owner: dealt.owner, status: "IN_PROGRESS")
      #expect(contact.properties["lifecyclestage"] == "salesqualifiedlead")
      #expect(dealt.card.replies.count == 1)
    }
  }

  @Test func `claiming what is another's takes it over`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("carla")
      try await dealt.card.press("Claim", as: "wei")
      try await dealt.card.expect("Claimed by \(dealt.card.mention("wei"))")
      let line = try await dealt.card.reply(containing: "Claimed by Wei Chen, was with \(desk.name(dealt.owner))")
      #expect(!desk.words(line).contains(dealt.card.mention("wei")))
      try await dealt.crm(owner: "wei", status: "IN_PROGRESS")
    }
  }

  @Test func `reassigning offers the available of the team with their load, and gives the lead to the chosen`()
    async throws
  {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("dora")
      try await dealt.card.press("Reassign", as: dealt.owner)
      let window = try await desk.window(of: dealt.owner, saying: desk.name(dealt.colleague))
      let offered = window.options("to_member").compactMap { $0["text"]["text"].text }
      #expect(offered == ["\(desk.name(dealt.colleague)) · 0 open leads"])
      #expect(window.words.contains("Available now"))
      let chosen = try window.option("to_member", containing: desk.name(dealt.colleague))
      let sent = try await window.submit(Entry.all(Entry.member(chosen), Entry.reason("Speaks <!here> Danish")))
      #expect(sent.errors.isEmpty && sent.outcome.complaint == nil)
      try await dealt.card.expect("Owner \(dealt.card.mention(dealt.colleague))")
      try await dealt.card.expectButtons("Claim", "Reassign", "Nurture", "Log outcome", "Why?", "Undo")
      let line = try await dealt.card.reply(containing: "Reassigned to \(desk.name(dealt.colleague)) by")
      #expect(desk.words(line).contains(dealt.card.mention(dealt.colleague)))
      #expect(!line.encoded.contains("<!here>"))
      #expect(desk.words(line).contains("Danish"))
      try await dealt.crm(owner: dealt.colleague, status: "NEW")
      #expect(try await dealt.history("reassigned").first?["to"].text == "\(dealt.colleague)@northwind.example")
    }
  }

  @Test func `reassigning finds anybody of the workspace by the beginning of a name, but no guest`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("edda")
      try await dealt.card.press("Reassign", as: dealt.owner)
      let window = try await desk.window(of: dealt.owner)
      #expect(try await window.search("lead.people.v1", "gerd").isEmpty)
      let found = try await window.search("lead.people.v1", "che")
      #expect(found.compactMap { $0["text"]["text"].text } == ["Wei Chen, wei@northwind.example"])
      #expect(try await window.submit(Entry.all()).errors.keys.sorted() == ["to_person"], "somebody has to be chosen")
      let sent = try await window.submit(Entry.all(Entry.person(try #require(found.first))))
      #expect(sent.errors.isEmpty)
      try await dealt.card.expect("Owner \(dealt.card.mention("wei"))")
      try await dealt.card.reply(containing: "Reassigned to Wei Chen")
      try await dealt.crm(owner: "wei", status: "NEW")
    }
  }

  @Test func `nurture puts the lead aside until a day, on the list, with a task and a note`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("fritz")
      try await dealt.card.press("Nurture", as: dealt.owner)
      let window = try await desk.window(of: dealt.owner)
      let late = try await window.submit(Entry.all(Entry.revisit("2020-01-31")))
      #expect(late.errors["revisit"]?.contains("after today") == true)
      let day = Entry.day(in: 40)
      let sent = try await window.submit(Entry.all(Entry.revisit(day), Entry.reason("Budget next year")))
      #expect(sent.errors.isEmpty)
      try await dealt.card.expect("in nurture")
      try await dealt.card.expectButtons("Why?", "Undo")
      try await dealt.card.reply(containing: "Sent to nurture by \(desk.name(dealt.owner)): Budget next year")
      try await dealt.state("nurturing")
      let contact = try await dealt.crm("BAD_TIMING") { $0.properties["hs_lead_status"] == "BAD_TIMING" }
      try await dealt.note(containing: "Budget next year")
      try await eventually("a task on that day") {
        dealt.tasks().contains { ($0.properties["hs_timestamp"] ?? "").contains(day) }
      }
      try await eventually("on the list") {
        desk.sandbox.world.listMembers(Setup.nurtureList).contains(contact.id)
      }
    }
  }

  @Test(arguments: ["Meeting booked", "Won", "Lost", "Disqualified"])
  func `logging an outcome closes the lead and notes reason and amount in the CRM`(result: String) async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("greta")
      try await dealt.card.press("Log outcome", as: dealt.owner)
      let window = try await desk.window(of: dealt.owner)
      #expect(window.options("result").count == 4)
      let chosen = Entry.result(try window.option("result", containing: result))
      let wrong = try await window.submit(Entry.all(chosen, Entry.amount("plenty")))
      #expect(wrong.errors.keys.sorted() == ["amount"])
      let sent = try await window.submit(Entry.all(chosen, Entry.reason("Loved the demo"), Entry.amount("12,500.50")))
      #expect(sent.errors.isEmpty)
      try await dealt.card.expect("\(result), 12500.50, Loved the demo")
      #expect(!dealt.card.buttons.contains("Claim") && dealt.card.buttons.contains("Undo"))
      try await dealt.card.reply(containing: "\(result), 12500.50, logged by \(desk.name(dealt.owner)): Loved the demo")
      let lead = try await dealt.state("closed")
      #expect(lead["outcome"]["amount"].text == "12500.50" && lead["outcome"]["reason"].text == "Loved the demo")
      #expect(lead["first_touch_at"].text != nil)
      try await dealt.note(containing: "Loved the demo")
      try await dealt.crm(owner: dealt.owner, status: result == "Disqualified" ? "UNQUALIFIED" : "IN_PROGRESS")
    }
  }

  @Test func `a meeting that was booked can still be won`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("hedwig")
      for result in ["Meeting booked", "Won"] {
        try await dealt.card.press("Log outcome", as: dealt.owner)
        let window = try await desk.window(of: dealt.owner)
        let chosen = try window.option("result", containing: result)
        #expect(try await window.submit(Entry.all(Entry.result(chosen))).errors.isEmpty)
        try await dealt.card.reply(containing: "\(result), logged by")
      }
      try await dealt.card.expectButtons("Why?", "Undo")
      #expect(try await desk.lead(dealt.id)["outcome"]["result"].text == "won")
    }
  }

  @Test func `having reached out is the first touch`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.claimed("ines")
      try await dealt.card.press("I've reached out", as: dealt.owner)
      try await dealt.card.expect("Being worked by \(dealt.card.mention(dealt.owner))")
      try await dealt.card.expectButtons("Log outcome", "Reassign", "Nurture", "Release", "Why?", "Undo")
      try await dealt.card.reply(containing: "\(desk.name(dealt.owner)) has reached out")
      let lead = try await dealt.state("worked")
      #expect(lead["first_touch_at"].text != nil)
      try await dealt.crm(owner: dealt.owner, status: "IN_PROGRESS")
    }
  }

  @Test func `a released lead goes to the next, and to nobody once all have released it`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.claimed("jan")
      try await dealt.card.press("Release", as: dealt.owner)
      try await dealt.card.expect("Owner \(dealt.card.mention(dealt.colleague))")
      let line = try await dealt.card.reply(containing: "Released by \(desk.name(dealt.owner))")
      #expect(desk.words(line).contains(dealt.card.mention(dealt.colleague)))
      try await dealt.crm(owner: dealt.colleague, status: "NEW")
      try await dealt.card.press("Claim", as: dealt.colleague)
      try await dealt.card.reply(containing: "Claimed by")
      try await eventually("its release") { dealt.card.buttons.contains("Release") }
      try await dealt.card.press("Release", as: dealt.colleague)
      try await dealt.card.expect("Unclaimed")
      try await dealt.card.reply(containing: "Released by \(desk.name(dealt.colleague))")
      #expect(try await desk.lead(dealt.id)["owner"].isNull)
      #expect(dealt.card.buttons.first == "Claim")
    }
  }

  @Test func `undo brings back what was, in card, thread and CRM, and tells who has the lead again`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("karla")
      try await dealt.card.press("Claim", as: "wei")
      try await dealt.card.reply(containing: "Claimed by")
      try await dealt.crm(owner: "wei", status: "IN_PROGRESS")
      try await eventually("undo") { dealt.card.buttons.contains("Undo") }
      try await dealt.card.press("Undo", as: "wei")
      try await dealt.card.expect("Owner \(dealt.card.mention(dealt.owner))")
      try await dealt.card.expectButtons("Claim", "Reassign", "Nurture", "Log outcome", "Why?")
      let line = try await dealt.card.reply(containing: "Wei Chen took back")
      #expect(desk.words(line).contains(dealt.card.mention(dealt.owner)))
      try await dealt.crm(owner: dealt.owner, status: "NEW")
      #expect(try await dealt.state("delivered")["claimed_at"].isNull)
    }
  }

  @Test func `why tells the points of each rule, the rules up to the match and each rep's gate`() async throws {
    try await Desk.open(.onShift) { desk in
      let dealt = try await desk.dealt("lotte")
      try await dealt.card.press("Why?", as: "wei")
      let words = try await desk.window(of: "wei", saying: desk.name(dealt.colleague)).words
      for text in [
        "+0.3 Business e-mail address", "+0.2 51 people or more", "+0.1 501 people or more", "Existing account stays",
        "Germany, Austria, Switzerland", desk.name(dealt.owner), desk.name(dealt.colleague),
      ] { #expect(words.contains(text), "\(text) in \(words)") }
      #expect(!words.contains("France and its neighbours"), "rules below the match were not tried")
      #expect(try await desk.lead(dealt.id)["history"].items.allSatisfy { $0["actor"].text == "system" })
    }
  }
}
