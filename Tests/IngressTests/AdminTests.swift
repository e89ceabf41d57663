import Foundation
import Ingress
import RevOps
import Testing
import VendorAPI

@Suite("The admin routes")
struct AdminTests {
  static let id = LeadID("p07-01JD0000000000000000000000")
  static let other = LeadID("p07-01JD0000000000000000000001")

  static func lead(_ id: LeadID?, state: LeadState = .received) throws -> Lead {
    let payload = LeadPayload(email: "ada@acme.example")
    let intake = Intake(
      channel: .form, receivedAt: Server.now, identity: "ada@acme.example", payload: payload,
      raw: .object(["email": .string("ada@acme.example")]))
    var lead = Lead(id: try #require(id), intake: intake)
    lead.state = state
    return lead
  }

  /// As far as the pipeline goes.
  static func delivered() throws -> Lead {
    var lead = try lead(id, state: .delivered)
    let facts = LeadFacts(
      normalized: NormalizedLead(email: "ada@acme.example", emailType: .business, employees: 850),
      sources: [.employees: .apollo], payload: lead.intake.payload, crm: CRMFacts())
    let enriched = EnrichedLead(
      captured: CapturedLead(facts: facts), enrichment: Enrichment(company: .init(employees: 850)), facts: facts,
      missing: ["clearbit"])
    let score = ScoreDecision(
      path: .qualify, decidedBy: .points, score: try #require(ExactDecimal("0.3")), rulesScore: ExactDecimal(0),
      reasons: [.init(rule: "Size", kind: .icp, points: try #require(ExactDecimal("0.3")), source: .rules)],
      trace: ScoringTrace(steps: [.init(rule: 0, matched: true)]))
    let routing = RoutingDecision(
      decidedBy: .rule(0), team: "t", owner: "a@b.example", reason: "Everybody", tookTurn: true,
      trace: RoutingTrace(
        configVersion: "abc", steps: [.init(rule: 0, matched: true)],
        candidates: [.init(email: "c@b.example", gate: .outsideHours)]))
    let routed = RoutedLead(scored: ScoredLead(enriched: enriched, score: score), routing: routing)
    lead.progress = .delivered(SummarizedLead(routed: routed, summary: ["A bank."], similar: []))
    lead.desk.team = "t"
    lead.desk.owner = "a@b.example"
    lead.desk.notifications = [PostedMessage(channel: "C1", timestamp: "1.2", kind: .card)]
    return lead
  }

  @Test(
    "Without the admin token, or with another, nothing is shown",
    arguments: [
      "/admin/leads", "/admin/leads/p07-01JD0000000000000000000000", "/admin/dead-letters", "/metrics",
    ])
  func unauthorized(_ path: String) async throws {
    try await Server.run { server async throws in
      #expect(try await server.get(path, token: nil).status == 401)
      #expect(try await server.get(path, token: "another-admin-token").status == 401)
    }
    try await Server.run {
      $0.adminToken = nil
    } _: { server async throws in
      #expect(try await server.get(path).code == "not_configured")
    }
  }

  @Test("A lead has every member of the contract, with null for what is not known yet")
  func nulls() async throws {
    try await Server.run(leads: FixedLeads(stored: [try Self.lead(Self.id)])) { server async throws in
      let answer = try await server.get("/admin/leads/p07-01JD0000000000000000000000")
      #expect(answer.status == 200)
      let members = Set(answer.json.object?.keys ?? [])
      let promised = [
        "lead_id", "state", "decided_path", "merged", "raw", "normalized", "sources", "enrichment", "crm", "score",
        "rules_score", "llm_score", "score_reasons", "team", "owner", "route_reason", "summary", "similar_accounts",
        "crm_record_id", "notifications", "missing", "warnings", "errors", "trace", "history", "received_at",
        "delivered_at", "claimed_at", "first_touch_at", "outcome",
      ]
      #expect(members == Set(promised))
      for name in ["decided_path", "score", "team", "owner", "claimed_at", "outcome"] {
        #expect(answer.json[name]?.isNull == true)
      }
      #expect(answer.json["received_at"]?.string == "2027-01-15T08:00:00.000Z")
    }
  }

  @Test("A delivered lead shows its facts, decision, trace and history, with exact numbers")
  func document() async throws {
    let entry = HistoryEntry(at: Server.now, actor: "system", action: "assigned", to: "a@b.example")
    try await Server.run(leads: FixedLeads(stored: [try Self.delivered()], entries: [entry])) { server async throws in
      let lead = try await server.get("/admin/leads/p07-01JD0000000000000000000000").json
      #expect(lead["score"] == .number("0.3"))
      #expect(lead["llm_score"]?.isNull == true)
      #expect(lead["normalized"]?["employees"]?.int == 850)
      #expect(lead["normalized"]?["phone"]?.isNull == true)
      #expect(lead["sources"]?["employees"]?.string == "apollo")
      #expect(lead["enrichment"]?["company"]?["employees"]?.int == 850)
      #expect(lead["crm"]?["account_stage"]?.string == "none")
      #expect(lead["score_reasons"]?.array?.first?["points"] == .number("0.3"))
      #expect(lead["route_reason"]?.string == "Everybody")
      #expect(lead["notifications"]?.array?.first?["ts"]?.string == "1.2")
      #expect(lead["trace"]?["config_version"]?.string == "abc")
      #expect(lead["trace"]?["candidates"]?.array?.first?["gate"]?.string == "outside_hours")
      #expect(lead["history"]?.array?.first?["action"]?.string == "assigned")
      #expect(lead["history"]?.array?.first?["from"]?.isNull == true)
      #expect(lead["missing"]?.array == [.string("clearbit")])
    }
  }

  @Test("Either id of a merged lead answers the lead that it joined")
  func merged() async throws {
    var joined = try Self.lead(Self.other, state: .merged)
    joined.mergedInto = Self.id
    var target = try Self.lead(Self.id)
    target.merged = [try #require(Self.other)]
    try await Server.run(leads: FixedLeads(stored: [joined, target])) { server async throws in
      let answer = try await server.get("/admin/leads/p07-01JD0000000000000000000001")
      #expect(answer.leadID == "p07-01JD0000000000000000000000")
      #expect(answer.json["merged"]?.array == [.string("p07-01JD0000000000000000000001")])
    }
  }

  @Test("A lead that still waits in the inbox is shown as received")
  func waiting() async throws {
    try await Server.run { server async throws in
      let id = try #require(try await server.lead(#"{"email":"ada@acme.example"}"#).leadID)
      let answer = try await server.get("/admin/leads/" + id)
      #expect(answer.json["state"]?.string == "received")
      #expect(answer.leadID == id)
    }
  }

  @Test(
    "An id that is unknown, or none, is a 404", arguments: ["p07-01JD0000000000000000000009", "nonsense", "%2e%2e"])
  func unknown(_ id: String) async throws {
    try await Server.run { server async throws in
      let answer = try await server.get("/admin/leads/" + id)
      #expect(answer.status == 404)
      #expect(answer.type == "application/problem+json")
      let headers = [(name: "Authorization", value: "Bearer " + Server.admin)]
      #expect(try await server.send(.post, "/admin/retry/" + id, headers: headers).status == 404)
    }
  }

  @Test(
    "A query that cannot be used is a 400, never a list of everybody",
    arguments: [
      "state=open", "limit=0", "limit=201", "limit=+5", "limit=x", "email=nobody", "owner=x", "domain=com",
      "sate=claimed",
      "state=claimed&state=closed", "cursor=zzz", "email=%ff",
    ])
  func badQuery(_ query: String) async throws {
    try await Server.run(leads: FixedLeads(badCursor: true)) { server async throws in
      let answer = try await server.get("/admin/leads?" + query)
      #expect(answer.status == 400)
      #expect(answer.code == "invalid_query")
    }
  }

  @Test("Leads are listed by state and person, with the cursor of the next page")
  func list() async throws {
    let stored = [try Self.lead(Self.id, state: .claimed), try Self.lead(Self.other)]
    try await Server.run(leads: FixedLeads(stored: stored)) { server async throws in
      let claimed = try await server.get("/admin/leads?state=claimed&email=Ada%40ACME.example&limit=1").json
      #expect(claimed["leads"]?.array?.map { $0["state"]?.string } == ["claimed"])
      #expect(claimed["next_cursor"]?.isNull == true)
      let all = try await server.get("/admin/leads?limit=1").json
      #expect(all["next_cursor"]?.string == "next")
    }
  }

  @Test("A retry is stored as a command of an admin, and the pipeline is woken")
  func retry() async throws {
    let inbox = MemoryInbox()
    let (woken, wake) = AsyncStream<Partition>.makeStream()
    try await Server.run(inbox: inbox, leads: FixedLeads(stored: [try Self.lead(Self.id, state: .parked)])) {
      $0.wake = { wake.yield($0) }
    } _: { server async throws in
      let headers = [(name: "Authorization", value: "Bearer " + Server.admin)]
      let answer = try await server.send(.post, "/admin/retry/p07-01JD0000000000000000000000", headers: headers)
      #expect(answer.status == 202)
    }
    wake.finish()
    let command = DeskCommand(action: .retry, actor: .admin, at: Server.now, reply: nil)
    #expect(inbox.deliveries.map(\.message.body) == [.command(command)])
    #expect(await woken.reduce(into: 0) { count, _ in count += 1 } == 1)
  }

  @Test("Dead letters come with their reasons")
  func deadLetters() async throws {
    let letter = DeadLetter(leadID: try #require(Self.id), effectKey: "k", reason: "channel_not_found", at: Server.now)
    try await Server.run(outbox: FixedOutbox(letters: [letter])) { server async throws in
      let found = try await server.get("/admin/dead-letters").json["dead_letters"]?.array
      #expect(found?.first?["reason"]?.string == "channel_not_found")
      #expect(found?.first?["lead_id"]?.string == "p07-01JD0000000000000000000000")
    }
  }

  @Test("Metrics are text in the Prometheus format")
  func metrics() async throws {
    try await Server.run { server async throws in
      let answer = try await server.get("/metrics")
      #expect(answer.type.hasPrefix("text/plain; version=0.0.4"))
      #expect(String(decoding: answer.body, as: UTF8.self).contains("up 1"))
    }
  }

  @Test("Readiness is 200 while degraded and 503 when not ready; health is always 200")
  func readiness() async throws {
    for (status, code) in [(Readiness.Status.ready, 200), (.degraded, 200), (.notReady, 503)] {
      try await Server.run {
        $0.readiness = {
          Readiness(
            status: status, configVersion: nil, dependencies: [.init(name: "slack", state: "failing", detail: "d")])
        }
      } _: { server async throws in
        let answer = try await server.send(.get, "/ready")
        #expect(answer.status == code)
        #expect(answer.json["status"]?.string == status.rawValue)
        #expect(answer.json["config_version"]?.isNull == true)
        #expect(answer.json["dependencies"]?["slack"]?["state"]?.string == "failing")
        #expect(try await server.send(.get, "/health").status == 200)
      }
    }
  }
}
