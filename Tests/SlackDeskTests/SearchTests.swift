import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct SearchTests {
  private static let crowd = [
    Samples.other(1, name: "Zoë Kowalczyk", company: "Brückner Maschinenbau"),
    Samples.other(2, name: "Marta Lindqvist", company: "Nordwind Logistik"),
    Samples.other(3, name: "Ada Lovelace", company: "Acme Bank"),
  ]

  @Test(
    "a name is found however it is half remembered",
    arguments: [
      ("Kowalczyk", 1), ("kowalczik", 1), ("zoe", 1), ("maschinenbau zoe", 1), ("bruckner", 1), ("Lindqist Marta", 2),
      ("nordwnid", 2), ("lovelace ada", 3),
    ])
  func likeness(_ text: String, _ number: Int) async throws {
    let answer = try await TestDesk(Self.crowd).command(text)
    #expect(answer.contains("1 lead for"), "\(text): \(answer.prefix(200))")
    #expect(answer.contains(LeadTitle(Self.crowd[number - 1]).both))
  }

  @Test func `what is nothing like any name finds nothing`() async throws {
    for text in ["xyz", "kow alski", "ada kowalczyk"] {
      #expect(try await TestDesk(Self.crowd).command(text).contains("No lead found"), "\(text)")
    }
  }

  @Test func `a record's address in HubSpot finds the lead of its contact`() async throws {
    var lead = Samples.other(1)
    lead.desk.crm.contactID = "101"
    lead.desk.crm.companyID = "55"
    let desk = TestDesk([lead, Samples.other(2)])
    for link in [
      "https://app.hubspot.com/contacts/123/record/0-1/101", "https://app-eu1.hubspot.com/contacts/123/contact/101/",
      "https://app.hubspot.com/contacts/123/record/0-2/55?x=1",
    ] {
      #expect(try await desk.command(link).contains("1 lead for"), "\(link)")
    }
    #expect(try await desk.command("https://app.hubspot.com/contacts/123/record/0-1/999").contains("No lead found"))
    #expect(CRMLink("https://app.hubspot.com.evil.example/contacts/1/record/0-1/101") == nil)
  }

  @Test(arguments: [
    "Ada Lovelace <mailto:ada@acme.example|ada@acme.example>", "mailto:ada@acme.example", "who has ada@acme.example?",
    "\"Ada Lovelace\" &lt;ada@acme.example&gt;", "@acme.example", "ACME.EXAMPLE",
    "<http://www.acme.example/a?b=c|www.acme.example/a?b=c>",
    "LOVELACE, ADA", "Acme-Bank", "  ada   lovelace  ",
  ])
  func `words around what somebody looks for are no obstacle`(_ text: String) async throws {
    let answer = try await TestDesk().command(text)
    #expect(answer.contains("1 lead for"), "\(text): \(answer.prefix(200))")
  }

  @Test(arguments: [
    "https://app.hubspot.com/contacts/123/record/0-3/55",
    "https://app-eu1.hubspot.com/contacts/1/objects/0-1/views/all/list",
  ])
  func `an address in HubSpot that is no person's or company's says what to give`(_ link: String) async throws {
    let crm = CRM.knowing { _ in CRMFacts(accountStage: .customer, contactID: "7", companyName: "HubSpot") }
    let answer = try await TestDesk(crm: crm).command(link)
    #expect(answer.contains("Give the link of a contact or of a company") && !answer.contains("HubSpot knows"))
    #expect(CRMLink.isOfCRM("https://www.hubspot.com") == false, "a company like any other")
  }

  @Test func `the longest and most hostile text is answered, and asked of nobody`() async throws {
    let crm = CRM.knowing { _ in CRMFacts(accountStage: .customer, contactID: "7", companyName: "Initech") }
    for text in [
      String(repeating: "x", count: 4_000), String(repeating: "a b ", count: 1_000),
      String(repeating: "<!channel> *`~", count: 280), String(repeating: "👩‍👩‍👧", count: 500),
      "+49 30 1234567 ".padding(toLength: 3_999, withPad: "9", startingAt: 0),
    ] {
      let desk = TestDesk(crm: crm)
      let command = try SlashCommand(json: ["command": "/lead", "text": .string(text), "user_id": "U1JONAS"])
      let reply = await desk.handlers.command(command)
      let words = WireTexts(reply.body ?? .null)
      #expect(words.all.contains("No lead found"), "\(words.all.prefix(100))")
      #expect(words.tokens.isEmpty, "\(words.tokens)")
    }
  }

  @Test func `where more are found than are shown it says so`() async throws {
    let answer = try await TestDesk((1...60).map { Samples.other($0) }).command("acme.example")
    #expect(answer.contains("The first 60 leads for") || answer.contains("The first 50 leads for"))
  }

  @Test func `a single lead is shown with what happened last and everything that can be done`() async throws {
    let desk = TestDesk()
    desk.store.set {
      $0.history = [HistoryEntry(at: Samples.now, actor: Samples.anna, action: "claimed", to: Samples.anna)]
    }
    let answer = try await desk.command("ada@acme.example")
    #expect(answer.contains("Last touches") && answer.contains("claimed by `anna@northwind.example`"))
    #expect(
      answer.contains("Reassign") && answer.contains("Log outcome") && answer.contains("Open in HubSpot") == false)
    #expect(answer.contains("Like We need help by March."))
  }

  @Test func `many leads come in pages that their buttons turn`() async throws {
    let desk = TestDesk((1...23).map { Samples.other($0) })
    let first = try await desk.command("acme.example")
    #expect(
      first.contains("23 leads for `acme.example`") && first.contains("Next (13 more)") && !first.contains("Previous"))
    let listing = LeadListing(.search("acme.example"))
    try await desk.use("leads.page.v1", value: listing.value(page: 2))
    let last = desk.slack.last("response_url")
    #expect(last["replace_original"].bool == true)
    #expect(last["blocks"].array.filter { $0["block_id"].string?.hasPrefix("found.") == true }.count == 3)
    #expect(WireTexts(last).all.contains("Previous") && !WireTexts(last).all.contains("Next ("))
  }

  @Test func `what Baton doesn't know is asked of the CRM`() async throws {
    let crm = CRM.knowing { query in
      CRMFacts(
        accountOwner: query.email.isEmpty ? nil : Samples.anna, accountStage: .customer, contactID: "7",
        companyName: "Globex")
    }
    let answer = try await TestDesk([], crm: crm).command("hank@globex.example")
    #expect(answer.contains("No lead for `hank@globex.example`, but HubSpot knows Globex"))
    #expect(answer.contains("*Owner* `anna@northwind.example`") && answer.contains("customer"))
    let unknown = CRM.knowing { _ in CRMFacts() }
    #expect(try await TestDesk([], crm: unknown).command("hank@globex.example").contains("No lead found"))
  }

  @Test func `a CRM that hangs keeps nobody waiting, and its answer follows`() async throws {
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let crm = CRM.knowing { _ in
      for await _ in gate { break }
      return CRMFacts(accountStage: .known, contactID: "7", companyName: "Globex")
    }
    let desk = TestDesk([], crm: crm)
    let command = try SlashCommand(
      json: [
        "command": "/lead", "text": "globex.example", "user_id": "U1JONAS",
        "response_url": "http://127.0.0.1:9/respond/1",
      ])
    let reply = await desk.handlers.command(command)
    #expect(WireTexts(reply.body ?? .null).all.contains("HubSpot has not answered yet"))
    #expect(desk.note.isEmpty)
    opener.yield()
    await reply.afterwards?()
    #expect(desk.note.contains("HubSpot knows Globex"))
  }

  @Test func `who may look up their own leads alone sees no others`() async throws {
    var policy = Samples.policy
    policy.playbook.permissions.lookUp = .owner
    let desk = TestDesk([Samples.other(1, owner: Samples.anna), Samples.other(2)], policy: policy)
    let answer = try await desk.command("acme.example")
    #expect(answer.contains("1 lead for"))
    #expect(try await desk.command("acme.example", user: "U6MARIA").contains("2 leads for"), "the manager sees all")
  }
}

extension CRM {
  /// Only looks up.
  static func knowing(_ answer: @escaping @Sendable (Query) async -> CRMFacts) -> CRM {
    let never = ServiceError(service: "hubspot", detail: "not asked for here", retry: .never)
    return CRM(
      lookUp: { query async throws(ServiceError) in await answer(query) },
      perform: { _, _, _ async throws(ServiceError) in throw never },
      addNote: { _, _, _, _, _ async throws(ServiceError) in throw never },
      addTask: { _, _, _, _, _, _ async throws(ServiceError) in throw never },
      addToList: { _, _ async throws(ServiceError) in throw never }, activeOwners: { nil }, recordURL: { _ in nil })
  }
}
