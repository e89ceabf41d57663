import Foundation
import PolicyFiles
import RevOps
import TestSupport
import Testing

/// What holds for every lead there could be, tried on a few thousand random ones.
@Suite struct DecisionPropertyTests {
  private static let policy = try? PolicyLoader(
    folder: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "config").path
  ).load().policy

  @Test(arguments: 1...8)
  func `every lead has a path, and every one that is not disqualified a way`(seed: UInt64) throws {
    let policy = try #require(Self.policy)
    var dice = Dice(seed)
    for _ in 0..<250 {
      let facts = facts(Self.form(&dice), Self.crm(&dice))
      let score = Scoring.decide(facts, policy: policy)
      #expect(ExactDecimal.unit.contains(score.score))
      let isActive = Bool.random(using: &dice)
      let match = RuleMatching.match(facts, policy: policy.routing, score: score.score) { _ in isActive }
      let situation = Self.situation(policy, &dice)
      let answer = Routing.decide(match, path: score.path, policy: policy, situation: situation)
      switch match.target {
      case .team(let name): #expect(policy.routing.team(named: name) != nil && answer.decision.team != nil)
      case .person, .accountOwner, .dealOwner: #expect(answer.decision.team == nil && answer.decision.owner != nil)
      }
      if let owner = answer.decision.owner, let team = answer.decision.team {
        #expect(policy.routing.team(named: team)?.members.contains { $0.email == owner } == true)
      }
      #expect(answer.turn == nil || score.path == .qualify)
      let again = Routing.decide(match, path: score.path, policy: policy, situation: situation)
      #expect(again == answer)
    }
  }

  @Test(arguments: 1...4)
  func `the order of the form's fields decides nothing`(seed: UInt64) throws {
    let policy = try #require(Self.policy)
    var dice = Dice(seed)
    for _ in 0..<100 {
      let form = Self.form(&dice)
      let decisions = try (0..<3).map { _ in
        var shuffled = JSONObject()
        for member in form.shuffled(using: &dice) { shuffled[member.key] = .string(member.value) }
        let payload = try LeadPayload.read(.object(shuffled))
        let facts = Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: CRMFacts())
        let score = Scoring.decide(facts, policy: policy)
        return (facts, score, RuleMatching.match(facts, policy: policy.routing, score: score.score) { _ in true })
      }
      #expect(decisions.allSatisfy { $0.0 == decisions[0].0 && $0.1 == decisions[0].1 && $0.2 == decisions[0].2 })
    }
  }

  @Test(arguments: 1...4)
  func `normalising what was normalised changes nothing`(seed: UInt64) {
    var dice = Dice(seed)
    for _ in 0..<250 {
      let form = Self.form(&dice)
      let once = facts(form, CRMFacts()).normalized
      var again = LeadPayload(email: once.email)
      (again.company, again.title, again.country, again.state) = (once.company, once.title, once.country, once.region)
      (again.industry, again.employees) = (once.industry, once.employees.map(String.init))
      again.website = once.domain
      let twice = Normalizer.shared.normalize(payload: again, enrichment: nil, crm: CRMFacts()).normalized
      #expect(twice.email == once.email && twice.emailType == once.emailType && twice.domain == once.domain)
      #expect(twice.company == once.company && twice.title == once.title, "\(form)")
      #expect(twice.seniority == once.seniority && twice.department == once.department, "\(form)")
      #expect(twice.industry == once.industry && twice.employees == once.employees, "\(form)")
      if once.country != nil { #expect(twice.country == once.country && twice.region == once.region, "\(form)") }
    }
  }

  @Test func `no input takes longer than 50 ms to decide`() throws {
    let policy = try #require(Self.policy)
    // As a service does at its start.
    Normalizer.shared.warmUp()
    var slowest: (Duration, String) = (.zero, "")
    for (piece, form) in HostileForms.all {
      // The fastest of three is what it costs; the others waited for a processor.
      let time = try (0..<3).map { _ in
        try ContinuousClock().measure {
          let payload = try LeadPayload.read(form)
          let facts = Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: CRMFacts())
          let score = Scoring.decide(facts, policy: policy)
          _ = RuleMatching.match(facts, policy: policy.routing, score: score.score) { _ in true }
        }
      }.min()
      if let time, time > slowest.0 { slowest = (time, piece) }
    }
    // Unoptimised code takes ten times as long; `make bench` measures the optimised.
    #if DEBUG
      #expect(slowest.0 < .milliseconds(500), "\(slowest)")
    #else
      #expect(slowest.0 < .milliseconds(50), "\(slowest)")
    #endif
  }
}

// MARK: Random leads

extension DecisionPropertyTests {
  private struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private static let words: [String: [String]] = [
    "country": [
      "Germany", "usa", "U.K.", "日本", "Georgia", "CA", "Earth", "Côte d'Ivoire", "Bayern", "US - TX", "NO", "-",
    ],
    "state": ["CA", "Ontario", "Bayern", "GE", "NSW", "WA", "Île-de-France", "D.C.", "n/a"],
    "city": ["Berlin", "Paris", "London", "San José", "東京", "Atlanta", "Perth", "Springfield"],
    "employees": ["51-200", "10k+", "1.200", "just me", "about 300", "٥٠", "a lot", "0", "-5", "9999999999999999999"],
    "industry": ["Bank", "B2B SaaS", "Versicherung", "hospital & health care", "see website", "Oil & Gas", "AI"],
    "title": [
      "CTO & co-founder", "Assistant to the CEO", "VP", "Werkstudent", "部長", "Sr. Dir. Ops", "ex-CEO", "Clerk",
    ],
    "phone": ["+49 30 123", "0044 20", "+1 416 555 0100", "555-0100", "+999", "tel"],
    "website": ["https://acme.co.uk/x", "acme", "münchen.example", "http://[::1]/", "linkedin.com/in/x"],
    "source": ["demo request", "Partner portal", "webinar", "reseller"],
    "message": ["We need a quote", "guest post", "Bewerbung", ""],
    "company": ["Acme GmbH", "Elm University", "Quotacast", "test", "東京大学", "Ærø A/S"],
    "utm_campaign": ["partner-2026", "x"], "custom_field": ["1", "two"],
  ]

  private static func form(_ dice: inout Dice) -> [String: String] {
    let hosts = [
      "acme.example", "gmail.com", "mailinator.com", "b.example.co.uk", "пример.рф", "web.de",
    ]
    var form = ["email": "p\(Int.random(in: 0..<99, using: &dice))@\(hosts.randomElement(using: &dice) ?? "a.example")"]
    for (field, values) in words.sorted(by: { $0.key < $1.key }) where Int.random(in: 0..<3, using: &dice) > 0 {
      form[field] = Int.random(in: 0..<8, using: &dice) == 0 ? noise(&dice) : values.randomElement(using: &dice)
    }
    return form
  }

  private static func noise(_ dice: inout Dice) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 1...30, using: &dice) {
      let planes: [ClosedRange<UInt32>] = [0x20...0x7e, 0xa0...0x24f, 0x370...0x6ff, 0x3040...0x30ff, 0x4e00...0x4fff]
      let value = UInt32.random(in: planes.randomElement(using: &dice) ?? 0x20...0x7e, using: &dice)
      if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    return String(scalars)
  }

  private static func crm(_ dice: inout Dice) -> CRMFacts {
    let owner = Bool.random(using: &dice) ? nil : "lena@northwind.example"
    return CRMFacts(accountOwner: owner, accountStage: AccountStage.allCases.randomElement(using: &dice) ?? .none)
  }

  private static func situation(_ policy: Policy, _ dice: inout Dice) -> RoutingSituation {
    var situation = RoutingSituation(
      now: Date(timeIntervalSince1970: 1_790_000_000 + Double.random(in: 0...30_000_000, using: &dice)))
    for email in policy.routing.teams.flatMap(\.members).map(\.email) where Bool.random(using: &dice) {
      situation.roster[email] = RepStatus(isAway: Bool.random(using: &dice), activeInCRM: Bool.random(using: &dice))
      situation.loads[email] = Int.random(in: 0...30, using: &dice)
    }
    return situation
  }

  private func facts(_ form: [String: String], _ crm: CRMFacts) -> LeadFacts {
    var payload = LeadPayload(
      email: form["email"] ?? "", company: form["company"], title: form["title"], phone: form["phone"],
      website: form["website"], country: form["country"], state: form["state"], city: form["city"],
      employees: form["employees"], industry: form["industry"], message: form["message"], source: form["source"])
    payload.utm["utm_campaign"] = form["utm_campaign"]
    return Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: crm)
  }
}
