import Foundation
import RevOps

/// A moment with digits that neither milliseconds nor seconds since 1970 can hold.
let noon = Date(timeIntervalSinceReferenceDate: 810_000_000.123_456_7)

extension Lead {
  /// A new lead of `email`, received `seconds` after noon.
  static func sample(
    _ email: String = "ada@acme.example", after seconds: Double = 0, name: String = "Ada Lovelace",
    company: String = "Acme", state: LeadState = .received, owner: String? = nil
  ) -> Lead {
    let at = noon + seconds
    var random = SystemRandomNumberGenerator()
    let intake = Intake(
      channel: .form, receivedAt: at, identity: email,
      payload: LeadPayload(email: email, fullName: name, company: company, custom: ["colour": "blå"]),
      raw: .object(["email": .string(email), "seats": .int(3)]))
    var lead = Lead(id: LeadID(identity: email, now: at, random: &random), intake: intake)
    lead.state = state
    lead.desk.owner = owner
    return lead
  }

  /// With the facts of a capture, so that it has a domain.
  func captured(domain: String) -> Lead {
    var lead = self
    let payload = intake.payload
    let normalized = NormalizedLead(
      email: payload.email, emailType: .business, domain: domain, company: payload.company,
      fullName: payload.fullName)
    lead.progress = .captured(
      CapturedLead(
        facts: LeadFacts(
          normalized: normalized, sources: [.email: .form, .domain: .derived], payload: payload, crm: .notChecked)))
    return lead
  }

  func effect(_ name: String, target: String = "card", sequence: Int = 1, after: Double = 0) -> Effect {
    Effect(
      key: "\(id)/\(name)", leadID: id, body: .threadLine(text: name, mention: nil), target: target,
      sequence: sequence, createdAt: noon + after)
  }

  func timer(_ kind: LeadTimer.Kind, after seconds: Double) -> LeadTimer {
    LeadTimer(key: "\(id)/\(kind.rawValue)", leadID: id, kind: kind, due: noon + seconds)
  }

  /// Its delivery, with an id of its own at each call.
  func delivery(key: String, hash: String? = "a", keepFor: Duration = .seconds(3600), raw: JSONValue? = nil) -> Delivery
  {
    var random = SystemRandomNumberGenerator()
    var intake = intake
    if let raw { intake.raw = raw }
    let message = InboxMessage(
      id: ULID.make(now: intake.receivedAt, random: &random), leadID: id, body: .submission(intake),
      receivedAt: intake.receivedAt)
    return Delivery(key: key, bodyHash: hash, keepFor: keepFor, message: message)
  }
}

extension Storage {
  /// The lease of one partition for an instance called `worker`, long enough for any case.
  func lease(_ partition: Partition, instance: String = "worker") async throws -> Lease {
    try unwrap(try await acquire([partition], instance: instance, for: .seconds(600)).first, "a lease that is free")
  }

  /// Stores the lead as it is and gives it with its new version.
  @discardableResult
  func store(_ lead: Lead, adding change: (inout LeadCommit) -> Void = { _ in }) async throws -> Lead {
    var work = LeadCommit(lease: try await lease(lead.id.partition), leads: [lead])
    change(&work)
    try expect(try await commit(work), is: .committed, "a commit that nothing stands against")
    return try unwrap(try await self.lead(lead.id), "the lead just stored")
  }
}

extension Policy {
  /// A small but whole configuration.
  static func sample(version: String) -> Policy {
    let rule = RoutingPolicy.Rule(name: "Everything else", when: .all([]), assign: .team("general"))
    let team = Team(
      name: "general", channel: "#leads", assignment: .roundRobin, members: [Member(email: "jo@n.example")])
    return Policy(
      version: version, routing: RoutingPolicy(teams: [team], rules: [rule], fallback: .person("jo@n.example")),
      scoring: ScoringPolicy(
        rulesWeight: ExactDecimal(1), llmWeight: ExactDecimal(0), qualifyThreshold: ExactDecimal(1),
        nurtureThreshold: ExactDecimal(0), llmLimit: ExactDecimal(0), rules: []),
      playbook: Playbook())
  }
}
