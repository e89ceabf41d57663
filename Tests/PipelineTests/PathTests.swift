import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct PathTests {
  @Test func `a qualified lead is assigned, posted with a mention and written to the CRM with its owner`() async throws
  {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    let lead = try await office.lead(id)
    #expect(lead.state == .delivered)
    #expect(lead.desk.owner == "jo@n.example")
    #expect(lead.desk.deliveredAt == monday)
    let cards = office.slack.cards(of: id)
    #expect(cards.map(\.place.channel) == ["#sales"])
    #expect(cards.first?.mention == "jo@n.example")
    #expect(lead.desk.card == cards.first?.place)
    #expect(lead.desk.crm.contactID == "contact of ada@acme.example")
    #expect(office.crm.owners == ["jo@n.example"])
    #expect(office.crm.notes == ["\(id)/arrival/0"])
    #expect(try await office.actions(id).sorted() == ["assigned", "card_posted", "delivered", "received"])
    #expect(try await office.rotation().turns(of: "jo@n.example") == 1)
  }

  @Test func `a lead for review gets a triage card, a proposal and no turn`() async throws {
    let office = try await Office(.office { $0.notify.triageChannel = "#triage" })
    let id = try await office.submit("ada@acme.example", "unclear")
    try await office.open { _ in try await office.settled(id) }
    let lead = try await office.lead(id)
    #expect(lead.state == .inReview)
    #expect(lead.desk.owner == nil)
    #expect(lead.routing?.owner == "jo@n.example")
    #expect(office.slack.cards(of: id).map(\.place.channel) == ["#triage"])
    #expect(office.slack.cards(of: id).first?.mention == nil)
    #expect(office.crm.contacts == ["ada@acme.example"])
    #expect(office.crm.owners.isEmpty)
    #expect(try await office.rotation() == RotationState())
  }

  @Test func `a lead to nurture gets a list and a task, no card and no owner`() async throws {
    let office = try await Office()
    let id = try await office.submit("ada@acme.example", "cold")
    try await office.open { _ in try await office.settled(id) }
    let lead = try await office.lead(id)
    #expect(lead.state == .nurturing)
    #expect(lead.desk.team == "sales")
    #expect(lead.desk.owner == nil)
    #expect(lead.desk.revisitAt == monday.addingTimeInterval(30 * 86_400))
    #expect(office.slack.isSilent)
    #expect(office.crm.listed == ["42"])
    #expect(office.crm.tasks == ["\(id)/nurture/0"])
    #expect(try await office.actions(id) == ["received", "nurturing"])
  }

  @Test func `who opted out is put on no list`() async throws {
    let office = try await Office()
    office.crm.knows(CRMFacts(optedOut: true))
    let id = try await office.submit("ada@acme.example", "cold")
    try await office.open { _ in try await office.settled(id) }
    #expect(office.crm.listed.isEmpty)
    #expect(office.crm.tasks.count == 1)
  }

  @Test func `a disqualified lead is kept and nothing is done with it`() async throws {
    let office = try await Office()
    let id = try await office.submit("ada@acme.example", "rival")
    try await office.open { _ in try await office.settled(id) }
    let lead = try await office.lead(id)
    #expect(lead.state == .disqualified)
    #expect(lead.desk.team == nil)
    #expect(lead.desk.owner == nil)
    #expect(office.slack.isSilent)
    #expect(office.crm.isUntouched)
    #expect(try await office.actions(id) == ["received", "disqualified"])
  }

  @Test func `an account owner's lead takes no turn and goes to the channel of the first team that lists them`()
    async throws
  {
    let office = try await Office()
    office.crm.knows(CRMFacts(accountOwner: "an@n.example", accountStage: .customer))
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    let lead = try await office.lead(id)
    #expect(lead.desk.owner == "an@n.example")
    #expect(lead.desk.team == nil)
    #expect(office.slack.cards(of: id).map(\.place.channel) == ["#sales"])
    #expect(try await office.rotation() == RotationState())
  }

  @Test func `a card that its channel refuses goes to the general one, with an audit line`() async throws {
    let office = try await Office()
    office.slack.archive("#sales")
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    #expect(office.slack.cards(of: id).map(\.place.channel) == ["#leads"])
    let entry = try await office.store.history(of: id).first { $0.action == "undeliverable" }
    #expect(entry?.from == "#sales")
    #expect(entry?.reason == "is_archived")
  }

  @Test func `no channel takes the card: the manager gets it directly`() async throws {
    let office = try await Office()
    office.slack.archive("#sales")
    office.slack.archive("#leads")
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    #expect(office.slack.cards(of: id).map(\.place.channel) == [FakeSlack.user("maria@n.example")])
  }

  @Test func `a bulk lead is written to the CRM without a card`() async throws {
    let office = try await Office()
    let id = try await office.submit(bulk: true)
    try await office.open { _ in try await office.settled(id) }
    #expect(office.slack.isSilent)
    #expect(try await office.lead(id).state == .delivered)
    #expect(office.crm.contacts == ["ada@acme.example"])
  }
}

@Suite struct GraphTests {
  @Test func `every stage's result has a stage after it until the lead is delivered`() throws {
    for path in Path.allCases {
      var seen: [Stage] = []
      var progress = RevOps.Progress.received
      while let stage = Stage.following(progress) {
        seen.append(stage)
        progress = progress.passed(stage, path)
        try #require(seen.count <= Stage.allCases.count)
      }
      #expect(seen == [.capture, .enrich, .score] + Graph.stages(after: path))
    }
  }

  @Test func `the drawing names every stage and every path`() {
    let drawing = Graph.mermaid()
    for stage in [Stage.capture, .enrich, .score] { #expect(drawing.contains("--> \(stage.rawValue)")) }
    for path in Path.allCases {
      #expect(drawing.contains("|\(path.rawValue)|"))
      for stage in Graph.stages(after: path) { #expect(drawing.contains("\(path.rawValue)_\(stage.rawValue)[")) }
    }
    #expect(Set(Path.allCases.flatMap(Graph.stages)).union([.capture, .enrich, .score]) == Set(Stage.allCases))
  }
}

extension RevOps.Progress {
  /// As it is after a stage, with a decision for `path`.
  fileprivate func passed(_ stage: Stage, _ path: Path) -> RevOps.Progress {
    let payload = LeadPayload(email: "ada@acme.example")
    let normalized = NormalizedLead(email: payload.email, emailType: .business)
    let facts = LeadFacts(normalized: normalized, sources: [:], payload: payload, crm: .notChecked)
    let captured = CapturedLead(facts: facts)
    let enriched = EnrichedLead(captured: captured, enrichment: Enrichment(), facts: facts, missing: [])
    let decision = ScoreDecision(
      path: path, decidedBy: .points, score: ExactDecimal(0), rulesScore: ExactDecimal(0), reasons: [],
      trace: ScoringTrace(steps: []))
    let scored = ScoredLead(enriched: enriched, score: decision)
    let routed = RoutedLead(scored: scored, routing: nil)
    let summarized = SummarizedLead(routed: routed, summary: [], similar: [])
    return switch stage {
    case .capture: .captured(captured)
    case .enrich: .enriched(enriched)
    case .score: .scored(scored)
    case .route: .routed(routed)
    case .summarize: .summarized(summarized)
    case .deliver: .delivered(summarized)
    }
  }
}
