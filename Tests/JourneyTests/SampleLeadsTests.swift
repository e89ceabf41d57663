import Foundation
import Sandbox
import TestSupport
import Testing

/// A sample lead and what must come of it, as the table in `config/samples/README.md` says.
struct Expected: Sendable {
  var sample: String
  var path: String
  /// Nil: no card. Two where the time of day decides.
  var channels: [String]
  /// A text that its card shows.
  var about: String

  init(_ sample: String, _ path: String, _ channels: String..., about: String = "") {
    self.sample = sample
    self.path = path
    self.channels = channels
    self.about = about
  }

  var state: String {
    ["qualify": "delivered", "manual_review": "in_review", "nurture": "nurturing"][path] ?? "disqualified"
  }

  static let table = [
    Expected("dach-bank-cto", "qualify", "#leads-fintech-emea", about: "Uferbank"),
    Expected("us-west-saas-vp", "qualify", "#leads-us-west", about: "Tidalworks"),
    Expected("us-central-hubspot-shape", "qualify", "#leads-us-central", about: "Prairie Freight"),
    Expected("us-east-hospital-director", "qualify", "#leads-healthcare", about: "Bay State"),
    Expected("uk-agency-founder", "qualify", "#leads-smb", about: "Fern & Reed"),
    Expected("france-manufacturer", "qualify", "#leads-france", about: "Atelier Duval"),
    Expected("swiss-printer-lausanne", "qualify", "#leads-france", about: "Lausanne Print"),
    Expected("japan-head-of-sales", "qualify", "#leads-japan", about: "星川工業"),
    Expected("brazil-retail-manager", "manual_review", "#leads-brasil", about: "Lojas Riacho"),
    Expected("australia-logistics-head", "qualify", "#leads-anz", "#leads-apac", about: "Coastal Haul"),
    Expected("partner-referral", "qualify", "#leads-partners", about: "Nordkaper"),
    Expected("university-professor", "manual_review", "#leads-edu", about: "Elm University"),
    Expected("country-unknown", "manual_review", "#leads-general", about: "Quiet Harbor"),
    Expected("existing-customer", "manual_review", "#leads-us-east", about: "Harborlight"),
    Expected("competitor", "disqualify"), Expected("throwaway-address", "disqualify"),
    Expected("test-submission", "disqualify"), Expected("student", "nurture"),
    Expected("hostile-text", "manual_review", "#leads-north", about: "Greyfen"),
    Expected("messy-form", "qualify", "#leads-us-west", about: "ORCHARD"),
  ]
}

@Suite(.timeLimit(.minutes(10)))
struct SampleLeadsTests {
  @Test func `the twenty sample leads reach their channels and the CRM, one is claimed, and SIGTERM ends with 0`()
    async throws
  {
    try await Desk.open { desk in
      var leads: [String: String] = [:]
      for expected in Expected.table {
        let answer = try await desk.submit(.sample(expected.sample))
        #expect(answer.http == 202 && answer.status == "accepted", "\(expected.sample)")
        leads[expected.sample] = answer.lead
      }
      for expected in Expected.table {
        try await Self.check(expected, lead: try #require(leads[expected.sample]), desk)
      }
      try await Self.claim(desk)
      let (ending, time) = try await desk.terminate()
      #expect(ending == .exited(0))
      #expect(time < .seconds(10))
      Self.checkLog(desk)
    }
  }

  private static func check(_ expected: Expected, lead: String, _ desk: Desk) async throws {
    let json = try await desk.lead(lead, "\(expected.sample) is \(expected.state)") {
      $0["state"].text == expected.state && $0["decided_path"].text == expected.path
        && (expected.channels.isEmpty || !$0["notifications"].items.isEmpty)
    }
    if let first = expected.channels.first {
      let channel = json["notifications"][0]["channel"].text ?? ""
      let name = expected.channels.first { desk.sandbox.world.channelID($0) == channel }
      #expect(name != nil, "\(expected.sample) went to \(channel)")
      _ = try await desk.card(in: name ?? first, about: expected.about)
      #expect(desk.cards(of: lead).count == 1, "\(expected.sample)")
    }
    try await checkCRM(expected, desk)
  }

  private static func checkCRM(_ expected: Expected, _ desk: Desk) async throws {
    let email = try FormLead.sample(expected.sample).email
    switch expected.path {
    case "disqualify": #expect(desk.contacts(email).isEmpty, "\(expected.sample)")
    case "nurture":
      let contact = try await desk.contact(email, "a contact with a task") {
        !desk.sandbox.world.linked(.contacts, $0.id, to: .tasks).isEmpty
      }
      #expect(contact.properties["hs_lead_status"] == "BAD_TIMING")
    default:
      let contact = try await desk.documented(email)
      #expect(contact.properties["hs_lead_status"] == "NEW", "\(expected.sample)")
      #expect(desk.contacts(email).count == 1)
      #expect(desk.notes(of: contact).count == 1)
    }
  }

  /// Anna is of another team than the one that routing chose: she takes the lead over.
  private static func claim(_ desk: Desk) async throws {
    let lead = FormLead.berlin("frieda")
    try await desk.submit(lead)
    let card = try await desk.card(in: "#leads-dach", about: "Spreewerk")
    let outcome = try await card.press("Claim", as: "anna")
    #expect(outcome.complaint == nil)
    try await card.expect("Claimed by @anna")
    try await card.reply(containing: "Claimed by Anna Lindner")
    #expect(card.json?["edited"].isNull == false, "the card is edited in place")
    let contact = try await desk.contact(lead.email, "a claimed contact") {
      $0.properties["hs_lead_status"] == "IN_PROGRESS"
    }
    #expect(contact.properties["hubspot_owner_id"] == desk.owner("anna"))
    #expect(contact.properties["lifecyclestage"] == "salesqualifiedlead")
  }

  /// What a stranger wrote, and what opens doors, is nobody's business but the desk's.
  private static func checkLog(_ desk: Desk) {
    let known = desk.sandbox.configuration
    var unspoken = [
      known.slackBotToken, known.slackSigningSecret, known.hubSpotToken, known.apolloKey, known.clearbitKey,
      known.webhookSecret, Desk.adminToken, "5550134", "555-0134", "@", "Vogel", "Katrin", "Moreno", "Tanaka",
      "Greyfen", "proposal",
    ]
    unspoken += Expected.table.compactMap { (try? FormLead.sample($0.sample))?.email }
    #expect(!desk.log.isEmpty)
    for line in desk.log {
      #expect(JSON.parse(Data(line.utf8))?.isObject == true, "not JSON: \(line)")
      for word in unspoken where line.localizedCaseInsensitiveContains(word) {
        Issue.record("the log tells \(word): \(line)")
      }
    }
  }

  @Test func `an account that has an owner in the CRM stays with them, and qualifies as a customer`() async throws {
    try await Desk.open { desk in
      let owner = try #require(desk.owner("grace"))
      desk.sandbox.world.addRecord(
        .companies,
        [
          "name": "Harborlight", "domain": "harborlight.example", "hubspot_owner_id": owner,
          "lifecyclestage": "customer",
        ])
      let answer = try await desk.submit(.sample("existing-customer"))
      let card = try await desk.card(in: "#leads-us-east", about: "Harborlight")
      try await card.expect("Owner @grace")
      let lead = try await desk.lead(answer.lead, "delivered") { $0["state"].text == "delivered" }
      #expect(lead["owner"].text == "grace@northwind.example")
      #expect(lead["team"].isNull)
      #expect(lead["crm"]["account_stage"].text == "customer")
    }
  }
}
