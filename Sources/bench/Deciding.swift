import Foundation
import PolicyFiles
import RevOps
import TestSupport

/// How long a decision takes, from the form's words to the owner, without services and store.
enum Deciding {
  static func measure(config: String) throws -> [String] {
    let tables = ContinuousClock().measure { Normalizer.shared.warmUp() }
    let policy = try PolicyLoader(folder: config).load().policy
    let leads = forms.map { Normalizer.shared.normalize(payload: $0, enrichment: nil, crm: CRMFacts()) }
    let reading = time(times: 200) { for form in forms { _ = read(form) } } / Double(forms.count)
    let deciding = time(times: 200) { for lead in leads { decide(lead, policy) } } / Double(forms.count)
    var large = policy
    large.routing.rules = (0..<10_000).map(rule)
    let hostile = try slowest(policy)
    let many = leads.map { lead in time(times: 20) { decide(lead, large) } }
    return [
      "tables, once at the start   \(tables.milliseconds.asMilliseconds)",
      "reading a form              \(String(format: "%.0f µs", reading))",
      "decision, sample company    \(String(format: "%.0f µs", deciding))",
      "slowest of \(HostileForms.all.count) hostile forms  "
        + "\(String(format: "%.2f ms", hostile.time)) (limit 50), made of \(hostile.piece.debugDescription)",
      "decision, 10,000 rules      \(String(format: "%.2f ms", (many.max() ?? 0) / 1_000))",
    ]
  }

  /// From the JSON to the owner. The fastest of five is what a form costs; the others waited for a processor.
  private static func slowest(_ policy: Policy) throws -> (piece: String, time: Double) {
    var slowest = (piece: "", time: 0.0)
    for (piece, form) in HostileForms.all {
      let times = try (0..<5).map { _ in
        try ContinuousClock().measure { decide(read(try LeadPayload.read(form)), policy) }.milliseconds
      }
      if let time = times.min(), time > slowest.time { slowest = (piece, time) }
    }
    return slowest
  }

  private static func read(_ form: LeadPayload) -> LeadFacts {
    Normalizer.shared.normalize(payload: form, enrichment: nil, crm: CRMFacts())
  }

  private static func decide(_ lead: LeadFacts, _ policy: Policy) {
    let score = Scoring.decide(lead, policy: policy)
    let match = RuleMatching.match(lead, policy: policy.routing, score: score.score) { _ in true }
    _ = Routing.decide(
      match, path: score.path, policy: policy,
      situation: RoutingSituation(now: Date(timeIntervalSince1970: 1_793_620_800)))
  }

  /// Microseconds, median.
  private static func time(times: Int, _ body: () -> Void) -> Double {
    Figures((0..<times).map { _ in ContinuousClock().measure(body).milliseconds * 1_000 }).median
  }

  /// One that no lead matches, and only the last of its conditions says so.
  private static func rule(_ number: Int) -> RoutingPolicy.Rule {
    RoutingPolicy.Rule(
      name: "rule \(number)",
      when: .all([
        .field(.normalized(.emailType), .equals([Literal("business")])),
        .field(.normalized(.employees), .range(min: ExactDecimal(11), max: nil)),
        .field(.normalized(.company), .contains([Literal("company \(number)")])),
      ]), assign: .team("general"))
  }

  private static let forms = [
    LeadPayload(
      email: "eva@uferbank.example", company: "Uferbank AG", title: "CTO & co-founder", country: "Deutschland",
      city: "Frankfurt am Main", employees: "501-1000", industry: "Bank", message: "We need a quote for 40 people.",
      source: "demo request"),
    LeadPayload(
      email: "ada@tidalworks.example", company: "Tidal Works, Inc.", title: "Sr. Director, RevOps",
      phone: "+1 415 555 0134",
      country: "USA", state: "California", employees: "1.2k+", industry: "B2B SaaS", source: "webinar"),
    LeadPayload(
      email: "wei@pujiang.example", company: "浦江科技", title: "总经理", country: "中国", employees: "800", industry: "制造业"),
  ]
}
