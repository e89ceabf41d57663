import Foundation
import Sandbox
import TestSupport
import Testing

/// The README's table: whatever a service does, the card comes in time and says what is missing, and once the service is
/// back everything has been written once. Slack's own row is told in the tests of delivery and of credentials.
@Suite(.timeLimit(.minutes(10)))
struct FailureTableTests {
  /// What a rep reads on the card while that service fails.
  struct Row: Sendable, CustomTestStringConvertible {
    var service: StandIn
    var words: String
    var testDescription: String { service.rawValue }
  }

  static let rows = [
    Row(service: .apollo, words: "Not available: Apollo"), Row(service: .clearbit, words: "Not available: Clearbit"),
    Row(service: .hubspot, words: "ccount not checked"), Row(service: .openai, words: "anguage model not used"),
    Row(service: .pinecone, words: "ast accounts not checked in Pinecone"),
  ]

  static let troubles: [Fault] = [
    .refusesCredentials, .tooManyRequests(retryAfter: 1), .serverError(status: 503), .hang, .resetAfter, .garbage,
    .truncated,
  ]

  /// Shorter than in production, so that a hanging service is given up soon.
  static let shortBudgets: Setup = {
    var setup = Setup.everything
    setup.edits = [("playbook.yaml", "budget: 8s", "budget: 2s"), ("playbook.yaml", "budget: 6s", "budget: 2s")]
    return setup
  }()

  /// Known to Clearbit alone, so that there is something to be missed.
  static let company: CatalogueCompany = {
    var company = CatalogueCompany("spreewerk.example", "Spreewerk", "Software", employees: 120, country: "DE")
    company.knownTo = [.clearbit]
    return company
  }()

  @Test(arguments: rows, troubles)
  func `the card comes in time and says what is missing, and nothing is lost or done twice`(
    row: Row, trouble: Fault
  ) async throws {
    try await Desk.open(Self.shortBudgets) { desk in
      desk.sandbox.world.add(Self.company)
      desk.sandbox.world.setFault(trouble, for: row.service)
      let lead = FormLead.berlin("wanda")
      let started = ContinuousClock.now
      let answer = try await desk.submit(lead)
      let card = try await desk.card(in: "#leads-dach", about: "Wanda Winter")
      // Both budgets, and four seconds for the rest on a busy machine.
      #expect(ContinuousClock.now - started < .seconds(8))
      try await card.expect(row.words)
      let isParked = row.service == .hubspot && trouble == .refusesCredentials
      if isParked { try await eventually("it is parked") { try await !desk.parked(answer.lead).isEmpty } }
      desk.sandbox.world.clearFaults()
      if isParked { try await desk.retry(answer.lead) }
      try await CrashTests.expectOneOfEach(answer.lead, lead.email, desk, card: card)
    }
  }

  /// Refused credentials have a test of their own.
  static let slackTroubles = troubles.filter { $0 != .refusesCredentials }

  @Test(arguments: slackTroubles)
  func `without Slack the card waits, and is there once when Slack is back`(trouble: Fault) async throws {
    try await Desk.open(Self.shortBudgets) { desk in
      desk.sandbox.world.setFault(trouble, for: .slack)
      let lead = FormLead.berlin("wanda")
      let answer = try await desk.submit(lead)
      try await eventually("a first try") { !desk.sandbox.world.calls(.slack).isEmpty }
      // What does not need Slack is done meanwhile.
      _ = try await desk.documented(lead.email)
      desk.sandbox.world.clearFaults()
      let card = try await desk.card(in: "#leads-dach", about: "Wanda Winter")
      try await CrashTests.expectOneOfEach(answer.lead, lead.email, desk, card: card)
    }
  }

  @Test(arguments: rows)
  func `a service that is not configured is not missing on the card, and readiness says that it is off`(
    row: Row
  ) async throws {
    var setup = Setup.everything
    setup.services.removeAll { $0 == row.service }
    try await Desk.open(setup) { desk in
      desk.sandbox.world.add(Self.company)
      let answer = try await desk.submit(.berlin("wanda"))
      let card = try await desk.card(in: "#leads-dach", about: "Wanda Winter")
      // Without a CRM nobody knows whose account it is, and the rep should know that.
      let isSaid = desk.words(try #require(card.json)).contains(row.words)
      #expect(isSaid == (row.service == .hubspot))
      #expect(try await desk.lead(answer.lead)["missing"].items.isEmpty)
      let state = try await desk.admin("/ready").json["dependencies"][row.service.rawValue]["state"].text
      #expect(state == "off")
      #expect(desk.sandbox.world.calls(row.service).isEmpty)
    }
  }
}
