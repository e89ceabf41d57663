import Foundation
import RevOps
import SlackAPI
import Synchronization

@testable import SlackDesk

/// A clock that moves when it is told to.
final class HandClock: Sendable {
  private let moment = Mutex(Samples.now)
  var now: Date { moment.withLock { $0 } }
  func advance(_ seconds: TimeInterval) { moment.withLock { $0.addTimeInterval(seconds) } }
}

enum Samples {
  /// 2026-11-17 10:00 UTC, a Tuesday.
  static let now = Date(timeIntervalSince1970: 1_794_909_600)
  static let jonas = "jonas@northwind.example"
  static let anna = "anna@northwind.example"
  /// Fixed and valid, or no test could run.
  static let id = LeadID("p07-01JD" + String(repeating: "0", count: 21) + "A")!

  static let policy = Policy(
    version: "v1",
    routing: RoutingPolicy(
      teams: [
        Team(
          name: "emea", channel: "#leads-emea", manager: "maria@northwind.example", assignment: .roundRobin,
          members: [Member(email: jonas), Member(email: anna, capacity: 3)])
      ],
      rules: [
        RoutingPolicy.Rule(
          name: "Germany", when: .field(.normalized(.country), .equals([Literal("DE")])), assign: .team("emea"))
      ], fallback: .team("emea")),
    scoring: ScoringPolicy(
      rulesWeight: decimal("0.5"), llmWeight: decimal("0.5"), qualifyThreshold: decimal("0.7"),
      nurtureThreshold: decimal("0.4"), llmLimit: decimal("0.3"),
      rules: [
        ScoringPolicy.Rule(
          name: "Twenty people or more",
          when: .field(.normalized(.employees), .range(min: decimal("20"), max: nil)), points: decimal("0.3"))
      ]),
    playbook: Playbook())

  static func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? ExactDecimal(0) }

  /// Where every text that a stranger or a service may write is `text`.
  static func texts(_ text: String) -> Lead { lead(name: text, company: text, text: text) }

  static func lead(
    _ state: LeadState = .delivered, owner: String? = jonas, name: String = "Ada Lovelace",
    company: String = "Acme Bank", text: String = "We need help by March."
  ) -> Lead {
    var payload = LeadPayload(email: "ada@acme.example")
    payload.message = text
    payload.product = text
    payload.source = text
    let normalized = NormalizedLead(
      email: "ada@acme.example", emailType: .business, domain: "acme.example", company: company, fullName: name,
      title: text, seniority: .cLevel, department: .engineering, phone: text, country: "DE", city: text,
      industry: text, employees: 850, annualRevenue: 12_000_000, technologies: Array(repeating: text, count: 9))
    var facts = LeadFacts(
      normalized: normalized, sources: [.employees: .apollo, .industry: .clearbit], payload: payload,
      crm: CRMFacts(accountOwner: text, accountStage: .customer))
    facts.crm.checked = true
    return lead(state, owner: owner, facts: facts, text: text)
  }

  private static func lead(_ state: LeadState, owner: String?, facts: LeadFacts, text: String) -> Lead {
    let intake = Intake(
      channel: .form, receivedAt: now, identity: "ada@acme.example", payload: facts.payload, raw: nil)
    var lead = Lead(id: id, intake: intake)
    lead.progress = .delivered(summarized(facts, text))
    lead.version = 3
    lead.state = state
    lead.desk.owner = owner
    lead.desk.team = "emea"
    lead.desk.card = RevOps.PostedMessage(channel: "C2EMEA", timestamp: "1700000000.000100", kind: .card)
    if [.claimed, .worked].contains(state) { lead.desk.claimedAt = now }
    if state == .worked { lead.desk.firstTouchAt = now }
    if state == .closed { lead.desk.outcome = Outcome(result: .won, reason: text, amount: "12000") }
    lead.warnings = [text, "account not checked"]
    return lead
  }

  private static func summarized(_ facts: LeadFacts, _ text: String) -> SummarizedLead {
    let enriched = EnrichedLead(
      captured: CapturedLead(facts: facts), enrichment: Enrichment(), facts: facts, missing: ["apollo"])
    let score = ScoreDecision(
      path: .qualify, decidedBy: .points, score: decimal("0.78"), rulesScore: decimal("0.7"),
      reasons: Array(
        repeating: ScoreDecision.Reason(rule: "Twenty people or more", points: decimal("0.3"), source: .rules),
        count: 8),
      trace: ScoringTrace(steps: [ScoringTrace.Step(rule: 0, matched: true)]))
    let routing = RoutingDecision(
      decidedBy: .rule(0), team: "emea", owner: jonas, reason: "Germany", tookTurn: true,
      trace: RoutingTrace(
        configVersion: "v1", steps: [RoutingTrace.Step(rule: 0, matched: true)],
        candidates: [
          RoutingTrace.Candidate(email: jonas), RoutingTrace.Candidate(email: anna, gate: .atCapacity),
        ]))
    let similar = SimilarAccount(account: text, outcome: text, reason: text, similarity: 0.8, why: text)
    return SummarizedLead(
      routed: RoutedLead(scored: ScoredLead(enriched: enriched, score: score), routing: routing),
      summary: Array(repeating: text, count: 12), similar: Array(repeating: similar, count: 5))
  }

  static func context(_ lead: Lead, crmURL: String? = "https://app.hubspot.com/contacts/1/record/0-1/101")
    -> CardContext
  {
    CardContext(lead: lead, policy: policy, now: now, crmURL: crmURL)
  }

  /// One of many, each of another person, `number` minutes before the others.
  static func other(
    _ number: Int, name: String = "Ada Lovelace", company: String = "Acme Bank", state: LeadState = .delivered,
    owner: String? = jonas
  ) -> Lead {
    let sample = lead(state, owner: owner, name: name, company: company)
    let digits = String(number)
    let text = "p07-01JC" + String(repeating: "0", count: 22 - digits.count) + digits
    var intake = sample.intake
    intake.identity = "person\(number)@acme.example"
    intake.receivedAt = now.addingTimeInterval(TimeInterval(-60 * number))
    var other = Lead(id: LeadID(text) ?? id, intake: intake)
    other.progress = sample.progress
    other.version = sample.version
    other.state = sample.state
    other.desk = sample.desk
    return other
  }

  static let people = CardPeople(
    known: [
      jonas: ChatPerson(
        id: "U1JONAS", email: jonas, name: "Jonas Weber", isFullMember: true, isDeactivated: false, timezone: nil)
    ])
}

/// All texts of a piece of JSON that Slack would read as mrkdwn, and those that it shows as they are.
struct WireTexts {
  var mrkdwn: [String] = []
  var plain: [String] = []

  init(_ json: SlackJSON) {
    if let text = json["text"].string { mrkdwn.append(text) }
    collect(json["blocks"])
  }

  private mutating func collect(_ json: SlackJSON) {
    for item in json.array { collect(item) }
    if json["type"].string == "mrkdwn", let text = json["text"].string { mrkdwn.append(text) }
    if json["type"].string == "plain_text", let text = json["text"].string { plain.append(text) }
    for (_, value) in json.object { collect(value) }
  }

  var all: String { (mrkdwn + plain).joined(separator: "\n") }
  var tokens: [SlackToken] {
    mrkdwn.flatMap { SlackToken.parse($0) }.filter { if case .text = $0 { false } else { true } }
  }
}

extension Message {
  var texts: WireTexts { WireTexts(json) }

  /// The action ids of its buttons, in order.
  var buttons: [String] {
    blocks.flatMap { block -> [Element] in if case .actions(let elements, _) = block { elements } else { [] } }
      .map(\.actionID.rawValue)
  }
}
